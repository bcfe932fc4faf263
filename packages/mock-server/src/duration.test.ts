import { expect, it } from 'vitest'
import { durationMsOf } from './duration.ts'

it.each([
  [0, 0],
  [1.4, 1],
  [60_000, 60_000],
  ['250ms', 250],
  ['90s', 90_000],
  ['5m', 300_000],
  ['26h', 93_600_000],
  ['1d', 86_400_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['1d2h3m4s5ms', 93_784_005],
  ['0s', 0],
] as const)('reads %j as %d ms', (duration, durationMs) => {
  expect(durationMsOf(duration)).toBe(durationMs)
})

it.each(['', ' ', '5', '5 m', 'm', '-5m', '5m1h', '1h1h', '5M', '1e3s', 'PT5M', '5mins', '.5h', '1.h'])(
  'refuses the text "%s"',
  (duration) => {
    expect(() => durationMsOf(duration)).toThrow(RangeError)
    expect(() => durationMsOf(duration)).toThrow(`got ${JSON.stringify(duration)}`)
  },
)

it.each([-1, NaN, Infinity, null, undefined, {}, [5], 5n])('refuses %s', (duration) => {
  expect(() => durationMsOf(duration as never)).toThrow('A duration must be')
})
