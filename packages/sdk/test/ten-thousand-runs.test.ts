import { expect, it } from 'vitest'
import { CrontifyMonitor } from '../src/client/crontify-monitor.ts'
import { scripted, TEST_KEY } from './support/scripted.ts'

it(
  'lets no end close another run, with ten thousand runs of a hundred monitors and a full queue',
  { timeout: 60_000 },
  async () => {
    /** The run that the service has open, by monitor. */
    const open = new Map<string, string>()
    let wrong = 0
    const world = scripted(({ path, headers }) => {
      const [, , , , monitorId = '', kind] = path.split('/')
      const runId = headers['x-client-run-id'] ?? ''
      if (kind === 'start') open.set(monitorId, runId)
      else {
        if (open.has(monitorId) && open.get(monitorId) !== runId) wrong++
        open.delete(monitorId)
      }
      return undefined
    })
    const monitors = Array.from(
      { length: 100 },
      (_, index) =>
        new CrontifyMonitor(
          {
            apiKey: TEST_KEY,
            monitorId: `monitor-${index}`,
            logger: false,
            delivery: { ratePerMinute: 120 },
          },
          world.surroundings,
        ),
    )

    const all = Promise.all(
      Array.from({ length: 10_000 }, (_, index) =>
        monitors[index % 100]?.wrap(
          () => new Promise<void>((resolve) => world.clock.schedule(resolve, (index * 7_919) % 5_000)),
        ),
      ),
    )
    for (let second = 0; second < 30; second++) await world.clock.advance(1_000)
    await all

    expect(monitors.some((monitor) => (monitor.stats().droppedBecause['queue-full'] ?? 0) > 0)).toBe(true)
    expect(wrong).toBe(0)
  },
)
