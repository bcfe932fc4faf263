import { expect, it } from 'vitest'
import { durationText, watchDuration } from './watch-duration.ts'

/** Timers that come when the test says so; each wait is written down. */
function given() {
  const waits: number[] = []
  const reports: object[] = []
  let now = 0
  let fire: (() => void) | undefined
  const clock = {
    now: () => now,
    monotonic: () => now,
    schedule: (callback: () => void, afterMs: number, holdsProcess: boolean) => {
      expect(holdsProcess).toBe(false)
      waits.push(afterMs)
      fire = callback
      return () => (fire = undefined)
    },
  }
  const watch = (maxDurationMs: number) =>
    watchDuration(
      maxDurationMs,
      { clock, activeResources: () => ['Timeout', 'TCPSocketWrap', 'Timeout'] },
      (report) => reports.push(report),
    )
  const fireAt = (at: number): void => {
    now = at
    fire?.()
  }
  return { watch, waits, reports, fireAt }
}

it('tells what is open, the most frequent first, and by how much the event loop was late', () => {
  const { watch, reports, fireAt } = given()
  watch(60_000)

  fireAt(60_250)

  expect(reports).toEqual([
    { maxDurationMs: 60_000, openResources: ['Timeout ×2', 'TCPSocketWrap'], eventLoopDelayMs: 250 },
  ])
})

it('waits for the rest where a timer comes early, and in parts for what no timer can wait', () => {
  const { watch, waits, reports, fireAt } = given()
  watch(2 ** 31 + 999)

  fireAt(2 ** 31 - 1)
  fireAt(2 ** 31 + 998)
  expect(reports).toEqual([])
  fireAt(2 ** 31 + 999)

  expect(waits).toEqual([2 ** 31 - 1, 1_000, 1])
  expect(reports).toHaveLength(1)
})

it('says nothing once it was stopped, also while it waits for the rest', () => {
  const { watch, reports, fireAt } = given()
  const stop = watch(60_000)

  fireAt(59_999)
  stop()
  fireAt(60_001)

  expect(reports).toEqual([])
})

it('says it in one line', () => {
  expect(durationText({ maxDurationMs: 60_000, openResources: [], eventLoopDelayMs: 3 })).toBe(
    'still running after 60000 ms (maxDurationMs); nothing is open; the event loop is 3 ms late',
  )
})
