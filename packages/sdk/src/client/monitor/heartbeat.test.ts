import { expect, it } from 'vitest'
import { scripted, TEST_KEY, type Answer, type Scripted } from '../../../test/support/scripted.ts'
import type { MonitorOptions } from '../../options/options.ts'
import { CrontifyMonitor } from '../crontify-monitor.ts'
import { startHeartbeat } from './heartbeat.ts'

function monitorIn(world: Scripted, options: Partial<MonitorOptions> = {}): CrontifyMonitor {
  return new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'mail-worker', ...options }, world.surroundings)
}

it('sends a success ping at once and at every interval, until it is stopped', async () => {
  const world = scripted()

  const stop = monitorIn(world).heartbeat({ everyMs: 60_000 })
  await world.clock.advance(59_999)
  expect(world.sent).toEqual(['success'])
  await world.clock.advance(60_001)
  expect(world.sent).toEqual(['success', 'success', 'success'])
  stop()
  await world.clock.advance(600_000)

  expect(world.sent).toHaveLength(3)
})

it('stops with its signal, and never begins with one that is aborted', async () => {
  const world = scripted()
  const controller = new AbortController()
  const monitor = monitorIn(world)

  monitor.heartbeat({ everyMs: 60_000, signal: controller.signal })
  controller.abort()
  monitor.heartbeat({ everyMs: 60_000, signal: controller.signal })
  await world.clock.advance(600_000)

  expect(world.sent).toEqual(['success'])
})

it('stops when its monitor is closed', async () => {
  const world = scripted()
  const monitor = monitorIn(world)
  monitor.heartbeat({ everyMs: 60_000 })
  await world.clock.advance(0)

  await monitor.close()
  await world.clock.advance(600_000)

  expect(monitor.stats()).toMatchObject({ created: 1, delivered: 1, pending: 0 })
})

it('sends the metadata of the moment, and the beat without them where they cannot be had', async () => {
  const world = scripted()
  let depth = 1
  monitorIn(world).heartbeat({
    everyMs: 60_000,
    meta: () => {
      if (depth === 2) throw new Error('no connection')
      return { queue_depth: depth++ }
    },
  })
  await world.clock.advance(60_000)

  expect(world.sent).toEqual(['success {"meta":{"queue_depth":1}}', 'success'])
  expect(world.warnings).toEqual([expect.stringContaining('meta function of heartbeat threw')])
})

it('leaves out beats while one is on its way', async () => {
  const world = scripted(Array.from({ length: 100 }, (): Answer => 'hangs'))
  const monitor = monitorIn(world, { logger: false })

  monitor.heartbeat({ everyMs: 1_000 })
  await world.clock.advance(30_000)

  expect(monitor.stats().created).toBe(1)
})

it('leaves out a beat whose timer comes late, because the event loop was stuck', async () => {
  let now = 0
  let fire: () => void = () => {}
  let beats = 0
  const clock = {
    now: () => now,
    monotonic: () => now,
    schedule: (callback: () => void, afterMs: number, holdsProcess: boolean) => {
      expect(holdsProcess).toBe(false)
      fire = () => {
        now += afterMs
        callback()
      }
      return () => {}
    },
  }
  startHeartbeat(60_000, undefined, { clock, beat: async () => void beats++ })
  await Promise.resolve()

  now += 30_001
  fire()
  expect(beats).toBe(1)
  await Promise.resolve()
  fire()
  expect(beats).toBe(2)
})

it.each([0, 999, 86_400_001, 1_000.5, Number.NaN, '60000', undefined])(
  'sends nothing with an interval of %j, and says why',
  async (everyMs) => {
    const world = scripted()

    monitorIn(world).heartbeat({ everyMs: everyMs as number })()
    await world.clock.advance(600_000)

    expect(world.sent).toEqual([])
    expect(world.warnings).toEqual([expect.stringContaining('everyMs of heartbeat is')])
    const strict = monitorIn(world, { silent: false })
    expect(() => strict.heartbeat({ everyMs: everyMs as number })).toThrow('everyMs of heartbeat is')
  },
)
