import { expect, it, vi } from 'vitest'
import { watchExpiry } from './watch-expiry.ts'

const job = (expireInSeconds: number, signal?: AbortSignal) => ({
  id: 'a',
  name: 'reports',
  retryCount: 0,
  retryLimit: 0,
  expireInSeconds,
  ...(signal && { signal }),
})

function setUp() {
  let now = 0
  const timers: { ms: number; callback: () => void }[] = []
  const cancelled = vi.fn()
  return {
    clock: {
      now: () => now,
      after: (ms: number, callback: () => void) => {
        timers.push({ ms, callback })
        return cancelled
      },
    },
    timers,
    cancelled,
    passSeconds: (seconds: number) => (now += seconds * 1_000),
  }
}

it.each([
  ['the longest expiry of the batch', [job(60), job(90)], 90_000],
  ['a second at least', [job(0)], 1_000],
])('waits %s', async (_name, jobs, ms) => {
  const { clock, timers } = setUp()
  const giveUp = vi.fn()

  watchExpiry(clock, giveUp, jobs)
  expect(timers).toHaveLength(0)
  await Promise.resolve()
  timers[0]?.callback()

  expect(timers[0]?.ms).toBe(ms)
  expect(String(giveUp.mock.calls[0]?.[0])).toBe(`Error: handler execution exceeded ${ms / 1_000}s`)
})

it.each([
  [59, 'Error: pg-boss gave the job up before its handler had ended'],
  [60, 'Error: handler execution exceeded 60s'],
])('says why the signal was aborted after %i of 60 seconds', (seconds, message) => {
  const { clock, passSeconds } = setUp()
  const controller = new AbortController()
  const giveUp = vi.fn()
  watchExpiry(clock, giveUp, [job(60, controller.signal)])

  passSeconds(seconds)
  controller.abort()

  expect(String(giveUp.mock.calls[0]?.[0])).toBe(message)
})

it('waits no longer when it is told to stop', async () => {
  const { clock, timers, cancelled } = setUp()
  const controller = new AbortController()
  const giveUp = vi.fn()

  const stop = watchExpiry(clock, giveUp, [job(60, controller.signal)])
  await Promise.resolve()
  stop()
  controller.abort()
  watchExpiry(clock, giveUp, [job(60)])()
  await Promise.resolve()

  expect(cancelled).toHaveBeenCalledTimes(1)
  expect(timers).toHaveLength(1)
  expect(giveUp).not.toHaveBeenCalled()
})
