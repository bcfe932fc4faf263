import { expect, it } from 'vitest'
import { respond, scripted, TEST_KEY, type Answer } from '../../test/support/scripted.ts'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'
import type { DeliveryEvent } from '../run/delivery-event.ts'

/** A service that takes 120 pings in any 60 s [D KEYS], and answers 429 to the others [I]. */
function limited(): {
  readonly answer: (_: unknown, now: number) => Answer | undefined
  readonly refusals: () => number
} {
  let taken: number[] = []
  let refusals = 0
  return {
    answer: (_request, now) => {
      taken = taken.filter((at) => now - at < 60_000)
      if (taken.length >= 120) {
        refusals++
        return respond(429)
      }
      taken.push(now)
      return undefined
    },
    refusals: () => refusals,
  }
}

it.each([100, 400])('loses no end of %i jobs on one key that begin at the full minute', async (jobs) => {
  const service = limited()
  const world = scripted(service.answer)
  const ends: string[] = []
  const onEvent = (event: DeliveryEvent): void => {
    if (event.type === 'dropped' && event.kind !== 'start') ends.push(event.reason)
  }
  const monitors = Array.from(
    { length: jobs },
    (_, index) =>
      new CrontifyMonitor(
        { apiKey: TEST_KEY, monitorId: `job-${index}`, logger: false, onEvent },
        world.surroundings,
      ),
  )

  for (const [index, monitor] of monitors.entries()) {
    const seconds = index % 7
    const job = () => new Promise<void>((resolve) => world.clock.schedule(resolve, seconds * 1_000))
    void monitor.wrap(job)
  }
  await world.clock.advance(15 * 60_000)

  expect(ends).toEqual([])
  expect(service.refusals()).toBe(0)
  const successes = new Set(
    world.requests.filter(({ path }) => path.endsWith('/success')).map(({ path }) => path),
  )
  expect(successes.size).toBe(jobs)
})

it('loses no end to other processes that use up the same key, while they leave any room', async () => {
  const service = limited()
  const world = scripted((request, now) => {
    // Others are served first: of 120 pings a minute they take 90.
    for (let other = 0; other < 3; other++) service.answer(request, now)
    return service.answer(request, now)
  })
  const lost: string[] = []
  const onEvent = (event: DeliveryEvent): void => {
    if (event.type === 'dropped' && event.kind !== 'start') lost.push(event.reason)
  }
  const monitors = Array.from(
    { length: 60 },
    (_, index) =>
      new CrontifyMonitor(
        { apiKey: TEST_KEY, monitorId: `job-${index}`, logger: false, onEvent },
        world.surroundings,
      ),
  )

  for (const monitor of monitors) void monitor.wrap(() => 'done')
  await world.clock.advance(20 * 60_000)

  expect(lost).toEqual([])
  expect(service.refusals()).toBeGreaterThan(0)
})
