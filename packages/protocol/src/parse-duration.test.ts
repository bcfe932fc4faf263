import { expect, it } from 'vitest'
import { parseDuration } from './parse-duration.ts'

it.each([
  ['0ms', 0],
  ['250ms', 250],
  ['90s', 90_000],
  ['1.5m', 90_000],
  ['26h', 93_600_000],
  ['1d', 86_400_000],
  ['1h30m', 5_400_000],
  ['1m5ms', 60_005],
  ['0.4ms', 0],
])('reads %s as %i ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

it.each(['', '5', '5 m', '-5m', '5M', '30m1h', '5m5m', 'm', '1e3s', '5min', ' 5m'])('rejects %j', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})
