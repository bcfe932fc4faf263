import { expect, it } from 'vitest'
import { ok, respond, scripted, TEST_KEY } from '../../../test/support/scripted.ts'
import { CrontifyMonitor } from '../../client/crontify-monitor.ts'
import type { Pinger } from './pinger.ts'
import { createRunTracker } from './run-tracker.ts'

function recorder(): Pinger & { readonly calls: string[] } {
  const calls: string[] = []
  const record = (kind: string) => (options?: object) => {
    calls.push(options === undefined ? kind : `${kind} ${JSON.stringify(options)}`)
  }
  return { calls, start: record('start'), success: record('success'), fail: record('fail') }
}

it('sends a start for each run and the end of the run', () => {
  const monitor = recorder()
  const runs = createRunTracker(monitor)

  runs.open('a')
  runs.succeed('a', { rows: 1 })
  runs.open('b')
  runs.fail('b', 'disk is full')

  expect(monitor.calls).toEqual([
    'start',
    expect.stringMatching(/^success {"meta":{"duration_ms":\d+,"rows":1}}$/),
    'start',
    expect.stringMatching(/^fail {"message":"disk is full","meta":{"duration_ms":\d+}}$/),
  ])
})

it('does not send the end of a run that a newer one has superseded', () => {
  const monitor = recorder()
  const runs = createRunTracker(monitor)

  runs.open('a')
  runs.open('b')
  runs.fail('a', 'lost')
  runs.succeed('b')

  expect(monitor.calls.map((call) => call.split(' ')[0])).toEqual(['start', 'start', 'success'])
})

it('sends the end of an adopted run without a start', () => {
  const monitor = recorder()
  const runs = createRunTracker(monitor)

  runs.adopt('a')
  runs.succeed('a')

  expect(monitor.calls).toEqual([expect.stringMatching(/^success /)])
})

it('knows the runs of another tracker of the same monitor', () => {
  const monitor = recorder()

  createRunTracker(monitor).open('a')
  createRunTracker(monitor).open('b')
  createRunTracker(monitor).succeed('a')

  expect(monitor.calls).toEqual(['start', 'start'])
})

it('knows that wrap of the same monitor has begun a newer run', async () => {
  const world = scripted()
  const monitor = new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'nightly-backup' }, world.surroundings)
  const runs = createRunTracker(monitor)

  runs.open('a')
  await monitor.wrap(() => runs.succeed('a'))

  expect(world.sent).toEqual(['start', 'start', 'success {"meta":{"duration_ms":0}}'])
})

it('survives monitors that throw, reject or never answer', async () => {
  const failing: Pinger = {
    start: () => {
      throw new Error('broken')
    },
    success: () => Promise.reject(new Error('refused')),
    fail: () => Promise.reject(new Error('refused')),
  }
  const runs = createRunTracker(failing)

  runs.open('a')
  runs.succeed('a')
  runs.fail('b', new Error('job'))

  expect(await runs.settled(1_000)).toBe(true)
})

it('is settled when the last ping has been answered', async () => {
  const world = scripted([ok('running'), 'hangs', respond(200)])
  const monitor = new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'nightly-backup' }, world.surroundings)
  const runs = createRunTracker(monitor)
  runs.open('a')
  runs.succeed('a')
  let settled: boolean | undefined
  void runs.settled(60_000).then((value) => (settled = value))

  await world.clock.advance(2_999)
  expect(settled).toBeUndefined()
  await world.clock.advance(1_000)

  expect(settled).toBe(true)
})

it('says that pings are still under way when the time is up', async () => {
  const never: Pinger = { start: () => new Promise(() => {}), success: () => null, fail: () => null }
  const runs = createRunTracker(never)
  runs.open('a')

  expect(await runs.settled(1)).toBe(false)
})
