import { createVirtualClock } from '@crontify/alert-engine'
import { expect, it } from 'vitest'
import { isoInstant } from '../views.ts'
import { type PostOutcome, createDeliverer } from './deliver.ts'
import type { Delivery, Notification } from './notification.ts'

const notification = { id: 'n1', kind: 'webhook', body: {} } as unknown as Notification

/** A deliverer whose posts end as scripted, on a clock of its own. */
function scripted(outcomes: readonly PostOutcome[]) {
  const clock = createVirtualClock({ startAt: 0 })
  const changes: Delivery[] = []
  const left = [...outcomes]
  let posted = 0
  const deliverer = createDeliverer({
    post: async () => {
      posted += 1
      const outcome = left.shift()
      if (outcome === undefined) throw new Error(`nothing scripted for post ${posted}`)
      return outcome
    },
    clock,
    now: () => isoInstant(clock.now()),
    onChange: (_id, delivery) => changes.push(delivery),
    closing: new AbortController().signal,
  })
  return { clock, changes, deliverer, posted: () => posted }
}

const status = (statusCode: number, retryAfterMs?: number): PostOutcome => ({
  type: 'answered',
  statusCode,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})

it('is done after the first good answer', async () => {
  const { deliverer, changes } = scripted([status(204)])
  deliverer.deliver(notification, 'https://example.com')
  await deliverer.settled()

  expect(changes).toEqual([
    { state: 'delivered', attempts: [{ at: '1970-01-01T00:00:00.000Z', outcome: 'HTTP 204' }] },
  ])
})

it('tries four times, 1, 5 and 25 seconds apart, and gives up', async () => {
  const silence: PostOutcome = { type: 'unanswered', reason: 'ECONNREFUSED' }
  const { clock, deliverer, changes, posted } = scripted([silence, status(500), status(429), status(503)])
  deliverer.deliver(notification, 'https://example.com')
  await clock.advance(999)
  expect(posted()).toBe(1)
  await clock.advance(60_000)

  expect(posted()).toBe(4)
  expect(changes.at(-1)).toEqual({
    state: 'failed',
    attempts: [
      { at: '1970-01-01T00:00:00.000Z', outcome: 'ECONNREFUSED' },
      { at: '1970-01-01T00:00:01.000Z', outcome: 'HTTP 500' },
      { at: '1970-01-01T00:00:06.000Z', outcome: 'HTTP 429' },
      { at: '1970-01-01T00:00:31.000Z', outcome: 'HTTP 503' },
    ],
  })
})

it.each([301, 400, 404, 410])('does not try again after %d', async (statusCode) => {
  const { clock, deliverer, changes } = scripted([status(statusCode)])
  deliverer.deliver(notification, 'https://example.com')
  await clock.advance(60_000)

  expect(changes).toMatchObject([{ state: 'failed' }])
})

it('waits as long as it is asked to, a minute at most', async () => {
  const { clock, deliverer, posted } = scripted([status(429, 30_000), status(429, 3_600_000), status(200)])
  deliverer.deliver(notification, 'https://example.com')

  await clock.advance(29_999)
  expect(posted()).toBe(1)
  await clock.advance(1)
  expect(posted()).toBe(2)
  await clock.advance(60_000)
  expect(posted()).toBe(3)
})

it('gives up what is more than a thousand at once', async () => {
  const { deliverer, changes } = scripted(Array.from({ length: 1_000 }, () => status(200)))
  for (let count = 0; count < 1_001; count += 1) deliverer.deliver(notification, 'https://example.com')

  expect(changes).toMatchObject([{ state: 'failed' }])
  await deliverer.settled()
  expect(changes.filter(({ state }) => state === 'delivered')).toHaveLength(1_000)
})
