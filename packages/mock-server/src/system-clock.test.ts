import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from './system-clock.ts'

// The machine's clock cannot be told what time it is: this file alone replaces Node's timers.
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const DAY_MS = 86_400_000

it('calls back after the time that was asked for, once', () => {
  const seen: number[] = []
  systemClock.schedule(() => seen.push(systemClock.now()), 60_000)

  vi.advanceTimersByTime(59_999)
  expect(seen).toEqual([])

  vi.advanceTimersByTime(DAY_MS)
  expect(seen).toEqual([60_000])
})

it.each([2_147_483_647, 2_147_483_648, 60 * DAY_MS])('waits %d ms, longer than Node can', (afterMs) => {
  const seen: number[] = []
  systemClock.schedule(() => seen.push(systemClock.now()), afterMs)

  vi.advanceTimersByTime(afterMs - 1)
  expect(seen).toEqual([])

  vi.advanceTimersByTime(1)
  expect(seen).toEqual([afterMs])
})

it('takes a callback back, also after it was re-armed', () => {
  const seen: string[] = []
  const cancel = systemClock.schedule(() => seen.push('fired'), 60 * DAY_MS)

  vi.advanceTimersByTime(30 * DAY_MS)
  cancel()
  vi.advanceTimersByTime(60 * DAY_MS)

  expect(seen).toEqual([])
})
