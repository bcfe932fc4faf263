import { createMockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import type { JobHelpers } from 'graphile-worker'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { monitorTask } from '../src/index.ts'
import { hasFailed, isExhausted, openWorker, VERSIONS, type WorkerRig } from './rig.ts'

const MINUTE_MS = 60_000

async function openCrontify() {
  const server = await createMockServer({ monitors: [{ id: 'report' }] })
  onTestFinished(() => server.close())
  return {
    newMonitor: () => {
      const options = {
        apiKey: server.apiKey,
        baseUrl: server.url,
        monitorId: 'report',
        logger: false,
      } as const
      const monitor = new CrontifyMonitor(options)
      onTestFinished(async () => void (await monitor.close()))
      return monitor
    },
    pings: () => server.pings().map(({ kind, errorMessage, meta }) => [kind, errorMessage ?? meta?.['rows']]),
  }
}

const failsUntil =
  (attempt: number) =>
  async (_payload: unknown, { job }: JobHelpers): Promise<object> => {
    if (job.attempts < attempt) throw new Error(`attempt ${job.attempts}`)
    return { rows: 120 }
  }

describe.each(VERSIONS)('on Graphile Worker %s', (version) => {
  let rig: WorkerRig
  beforeAll(async () => (rig = await openWorker(version)))
  afterAll(() => rig.close())

  /** Lets a job fail, and makes its next attempt due, so many times. */
  async function retry(id: string, times: number): Promise<void> {
    for (let attempt = 1; attempt <= times; attempt++) {
      await rig.until(id, (job) => job.attempts === attempt && hasFailed(job))
      await rig.makeDue(id)
    }
  }

  it('makes one run of a job that succeeds at its third attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const runner = await rig.run({ third: monitorTask(monitor, failsUntil(3)) })
    const id = await rig.add('third', {}, 5)

    await retry(id, 2)
    await rig.until(id)
    await runner.stop()
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 120],
    ])
  })

  it('fails once, with the error of the last attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const runner = await rig.run({ never: monitorTask(monitor, failsUntil(9)) })
    const id = await rig.add('never', {}, 2)

    await retry(id, 1)
    await rig.until(id, isExhausted)
    await runner.stop()
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', 'attempt 2'],
    ])
  })

  it('continues the run of a job whose first attempt was in another process', async () => {
    const { newMonitor, pings } = await openCrontify()
    const [first, second] = [newMonitor(), newMonitor()]
    const leaving = await rig.run({ moved: monitorTask(first, failsUntil(9)) })
    const id = await rig.add('moved', {}, 5)
    await rig.until(id, hasFailed)
    await leaving.stop()
    await first.flush()
    const runner = await rig.run({ moved: monitorTask(second, failsUntil(2)) })

    await rig.makeDue(id)
    await rig.until(id)
    await runner.stop()
    await second.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 120],
    ])
  })

  it('makes one run of a batch, also when only a part of it is tried again', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const payloads: unknown[] = []
    const send = async (payload: unknown): Promise<unknown[]> => {
      payloads.push(payload)
      return (payload as string[]).map(async (to) => {
        if (to === 'bob' && payloads.length < 3) throw new Error('no such person')
      })
    }
    const meta = (results: unknown[]): object => ({ rows: results.length })
    const runner = await rig.run({ batch: monitorTask(monitor, send, { meta: meta as never }) })
    const id = await rig.add('batch', ['ann', 'bob'], 5)

    await retry(id, 2)
    await rig.until(id)
    await runner.stop()
    await monitor.flush()

    expect(payloads).toEqual([['ann', 'bob'], ['bob'], ['bob']])
    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 1],
    ])
  })

  it('fails a batch that has a failed entry in its last attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const send = async (): Promise<unknown[]> => [1, Promise.reject(new Error('no such person'))]
    const runner = await rig.run({ lost: monitorTask(monitor, send) })

    await rig.until(await rig.add('lost', ['ann', 'bob']), isExhausted)
    await runner.stop()
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', '1 of 2 entries failed\nno such person'],
    ])
  })

  it('makes one run of a job whose task is watched twice', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const once = monitorTask(monitor, failsUntil(0))
    const runner = await rig.run({ twice: monitorTask(monitor, once) })

    await rig.until(await rig.add('twice'))
    await runner.stop()
    await monitor.flush()

    expect(pings().map(([kind]) => kind)).toEqual(['start', 'success'])
  })

  it('runs the jobs without pings, with a warning, when the monitor is none', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    onTestFinished(() => emitWarning.mockRestore())
    const ran = vi.fn()
    const runner = await rig.run({ blind: monitorTask('report' as never, async () => void ran()) })

    await rig.until(await rig.add('blind'))
    await runner.stop()

    expect(ran).toHaveBeenCalledTimes(1)
    expect(emitWarning.mock.calls.flat().join()).toContain('takes a monitor first')
  })

  it('delivers the end of a job that stop() waited for', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    let finish: (result: object) => void = () => {}
    const work = new Promise<object>((resolve) => (finish = resolve))
    let begin = (): void => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const task = async (): Promise<object> => {
      begin()
      return work
    }
    const runner = await rig.run({ slow: monitorTask(monitor, task) })
    await rig.add('slow')
    await begun

    const stopped = runner.stop()
    finish({ rows: 5 })
    await stopped
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 5],
    ])
  })

  it('makes one run of each job that an item of a crontab gives', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const due: unknown[] = []
    let begin = (): void => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const task = async (payload: unknown): Promise<object> => {
      due.push(payload)
      begin()
      return { rows: 7 }
    }
    // An item that was due a minute ago: real time does not wait for the next one.
    await rig.hasRunUntil('nightly', new Date(Date.now() - 3 * MINUTE_MS))
    const crontab = '* * * * * nightly ?fill=2m'
    const runner = await rig.run({ nightly: monitorTask(monitor, task) }, { crontab })

    await begun
    await runner.stop()
    await monitor.flush()

    expect(due[0]).toMatchObject({ _cron: { backfilled: true } })
    expect(pings()).toEqual(
      due.flatMap(() => [
        ['start', undefined],
        ['success', 7],
      ]),
    )
  })
})
