import { EventEmitter } from 'node:events'
import type { Pinger } from '@crontify/sdk/adapter'
import { expect, it } from 'vitest'
import type { WatchedJob } from './bullmq-binding.ts'
import { monitorWorker } from './monitor-worker.ts'

/** A worker whose events a test emits: for what three processes do, in one. */
class HandWorker extends EventEmitter {
  readonly name = 'reports'
  processJob(_job: WatchedJob): void {}
}

function recorder(): { readonly monitor: Pinger; readonly pings: string[] } {
  const pings: string[] = []
  const monitor = {
    start: () => void pings.push('start'),
    success: () => void pings.push('success'),
    fail: () => void pings.push('fail'),
  } satisfies Pinger
  return { monitor, pings }
}

const job = (id: string, counters: Partial<WatchedJob> = {}): WatchedJob => ({
  id,
  name: 'report',
  repeatJobKey: 'nightly-report',
  attemptsMade: 0,
  attemptsStarted: 1,
  stalledCounter: 0,
  opts: { attempts: 3 },
  ...counters,
})

it('sends the end of a run that began in another worker, after one that went on elsewhere', () => {
  const { monitor, pings } = recorder()
  const worker = new HandWorker()
  monitorWorker(worker, { monitors: { 'nightly-report': monitor } })
  const tuesday = job('tuesday', { attemptsStarted: 2, attemptsMade: 1 })

  worker.emit('active', job('monday'))
  worker.emit('failed', job('monday', { attemptsMade: 1 }), new Error('try again, elsewhere'))
  worker.emit('active', tuesday)
  worker.emit('completed', tuesday, undefined)

  expect(pings).toEqual(['start', 'success'])
})

it('sends the end of a run to the monitor that had its start, even if the function has changed its mind', () => {
  const before = recorder()
  const after = recorder()
  const worker = new HandWorker()
  let current = before.monitor
  monitorWorker(worker, { monitors: () => current })
  const monday = job('monday')

  worker.emit('active', monday)
  current = after.monitor
  worker.emit('completed', monday, undefined)

  expect([before.pings, after.pings]).toEqual([['start', 'success'], []])
})

it('sends the end of a run that was active before it listened', () => {
  const { monitor, pings } = recorder()
  const worker = new HandWorker()
  monitorWorker(worker, { monitors: { 'nightly-report': monitor } })

  worker.emit('completed', job('monday'), undefined)

  expect(pings).toEqual(['success'])
})

it('takes no monitor that the object only inherits', () => {
  const { monitor, pings } = recorder()
  const worker = new HandWorker()
  const monitors = Object.create({ 'nightly-report': monitor }) as Record<string, Pinger>
  monitorWorker(worker, { monitors })

  worker.emit('active', job('monday'))

  expect(pings).toEqual([])
})

it('throws nothing into a worker whose jobs have another shape', () => {
  const { monitor, pings } = recorder()
  const worker = new HandWorker()
  monitorWorker(worker, { monitors: { 'nightly-report': monitor }, onNotice: () => {} })

  for (const event of ['active', 'completed', 'failed', 'stalled', 'lockRenewalFailed']) {
    expect(() => worker.emit(event, undefined)).not.toThrow()
    expect(() => worker.emit(event, null)).not.toThrow()
  }

  expect(pings).toEqual([])
})

it.each<[string, () => unknown, string]>([
  ['gives something else than monitors', () => 'nightly-report', 'a string'],
  ['is async', async () => undefined, 'a function that throws or is async'],
  [
    'throws',
    () => {
      throw new Error('no monitors')
    },
    'a function that throws or is async',
  ],
])('warns once of a function that %s, and watches nothing', async (_what, monitors, got) => {
  const worker = new HandWorker()
  const warnings: string[] = []
  const listener = (warning: Error): void => void warnings.push(warning.message)
  process.on('warning', listener)
  monitorWorker(worker, { monitors: monitors as never })

  worker.emit('active', job('monday'))
  worker.emit('active', job('tuesday'))
  await new Promise((resolve) => process.nextTick(resolve))

  expect(warnings).toEqual([expect.stringContaining(`must return a monitor; this is ${got}`)])
  process.off('warning', listener)
})
