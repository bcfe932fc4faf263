import { createVirtualClock } from '@crontify/alert-engine'
import { expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { startDeadline } from './deadline.ts'

function clocks() {
  const virtual = createVirtualClock({ startAt: 0 })
  let lateBy = 0
  const clock: Clock = {
    now: virtual.now,
    monotonic: () => virtual.now() + lateBy,
    schedule: (callback, afterMs) => virtual.schedule(callback, afterMs),
  }
  return { virtual, clock, freeze: (ms: number) => (lateBy += ms) }
}

it('expires at its time', async () => {
  const { virtual, clock } = clocks()
  let expiredAt: number | undefined
  startDeadline(clock, 1_000, () => (expiredAt = virtual.now()))

  await virtual.advance(999)
  expect(expiredAt).toBeUndefined()
  await virtual.advance(1)

  expect(expiredAt).toBe(1_000)
})

it('does not expire once it is cancelled', async () => {
  const { virtual, clock } = clocks()
  let expired = false
  const cancel = startDeadline(clock, 1_000, () => (expired = true))

  cancel()
  await virtual.advance(2_000)

  expect(expired).toBe(false)
})

it('gives an answer that came in while the process was frozen a second look', async () => {
  const { virtual, clock, freeze } = clocks()
  let expired = false
  const cancel = startDeadline(clock, 1_000, () => (expired = true))

  freeze(50)
  await virtual.advance(1_000)
  expect(expired).toBe(false)
  // The answer is looked at now, and the attempt ends.
  cancel()
  await virtual.advance(1_000)

  expect(expired).toBe(false)
})

it('expires after the second look when nothing has come in', async () => {
  const { virtual, clock, freeze } = clocks()
  let expired = false
  startDeadline(clock, 1_000, () => (expired = true))

  freeze(50)
  await virtual.advance(1_024)
  expect(expired).toBe(false)
  await virtual.advance(1)

  expect(expired).toBe(true)
})
