import { expect, it } from 'vitest'
import { runProgram } from './support/run-program.ts'

/** A day on a virtual clock in a process of its own: a job each second, and nobody at the other end. */
const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  import { scripted, TEST_KEY } from './support/scripted.ts'
  const DAY_S = 86_400
  void (async () => {
    const world = scripted(() => ({ type: 'failure', written: false, aborted: false, error: { code: 'ECONNREFUSED' } }))
    const monitor = new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'each-second' }, world.surroundings)
    let afterAnHour = 0
    let most = 0
    for (let second = 0; second < DAY_S; second++) {
      void monitor.wrap(() => undefined)
      await world.clock.advance(1_000)
      // What the test itself collects is no memory of the SDK.
      world.sent.length = 0
      if (second % 600 !== 0) continue
      globalThis.gc()
      const { heapUsed } = process.memoryUsage()
      if (second === 3_600) afterAnHour = heapUsed
      if (second > 3_600) most = Math.max(most, heapUsed)
    }
    const requests = world.requests.length
    console.log(JSON.stringify({ stats: monitor.stats(), requests, warnings: world.warnings.length, grewBytes: most - afterAnHour }))
  })()
`

it(
  'stays small and quiet through a day without the service, with a job each second',
  { timeout: 120_000 },
  async () => {
    const ending = await runProgram(PROGRAM, { nodeOptions: ['--expose-gc'] })
    const { stats, requests, warnings, grewBytes } = JSON.parse(ending.stdout) as {
      stats: Record<'created' | 'delivered' | 'skipped' | 'dropped' | 'spooled' | 'pending', number>
      requests: number
      warnings: number
      grewBytes: number
    }

    expect(stats.created).toBe(2 * 86_400)
    expect(stats.delivered + stats.skipped + stats.dropped + stats.spooled + stats.pending).toBe(
      stats.created,
    )
    expect(stats.pending).toBeLessThanOrEqual(1_000)
    // One probe in 48 to 72 s, once the breaker has got used to it.
    expect(requests).toBeLessThan(86_400 / 45)
    expect(warnings).toBeLessThanOrEqual(86_400 / 60 + 1)
    expect(grewBytes).toBeLessThan(5 * 1024 * 1024)
  },
)
