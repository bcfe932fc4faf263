import { expect, it } from 'vitest'
import { isTruthy } from './is-truthy.ts'

it.each(['1', 'true', 'TRUE', 'yes', 'On', ' 1 '])('reads %j as on', (value) => {
  expect(isTruthy(value)).toBe(true)
})

it.each([undefined, '', '0', 'false', 'no', 'off', '2', 'truely'])('reads %j as off', (value) => {
  expect(isTruthy(value)).toBe(false)
})
