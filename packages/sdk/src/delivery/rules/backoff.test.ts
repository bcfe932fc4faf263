import { expect, it } from 'vitest'
import { endBackoffMs, throttleWaitMs } from './backoff.ts'

/** The largest number that a draw can be. */
const ALMOST_ONE = 1 - Number.EPSILON / 2

it.each([
  [1, 125],
  [2, 250],
  [3, 500],
  [7, 8_000],
  [8, 15_000],
  [9, 15_000],
  [10_000, 15_000],
])('draws retry %i of an end from a ceiling that doubles up to 30 s', (retry, halfway) => {
  expect(endBackoffMs(retry, 0.5)).toBe(halfway)
})

it('waits at least 50 ms before an end is sent again', () => {
  expect(endBackoffMs(1, 0)).toBe(50)
  expect(endBackoffMs(1, 0.2)).toBe(50)
  expect(endBackoffMs(1, 0.204)).toBe(51)
  expect(endBackoffMs(20, 0)).toBe(50)
})

it('waits less than the ceiling', () => {
  expect(endBackoffMs(1, ALMOST_ONE)).toBeLessThan(250)
  expect(endBackoffMs(20, ALMOST_ONE)).toBeLessThan(30_000)
})

it.each([
  [1_000, 0, 1_000],
  [1_000, 0.5, 1_625],
  [2_000, 0, 2_000],
  [2_000, 0.5, 2_750],
  [120_000, 0, 120_000],
  [120_000, 0.5, 135_500],
])('adds to a hint of %i ms up to a quarter of it and a second, at draw %d', (hintMs, draw, expected) => {
  expect(throttleWaitMs(hintMs, 1, draw)).toBe(expected)
  expect(throttleWaitMs(hintMs, 9, draw)).toBe(expected)
})

it.each([
  [1, 2_500, 5_000],
  [2, 5_000, 10_000],
  [3, 10_000, 20_000],
  [4, 20_000, 40_000],
  [5, 30_000, 60_000],
  [6, 30_000, 60_000],
  [1_000, 30_000, 60_000],
])('draws retry %i without a hint from the upper half of its step', (retry, least, most) => {
  expect(throttleWaitMs(undefined, retry, 0)).toBe(least)
  expect(throttleWaitMs(undefined, retry, 0.5)).toBe((least + most) / 2)
  expect(throttleWaitMs(undefined, retry, ALMOST_ONE)).toBeLessThanOrEqual(most)
})
