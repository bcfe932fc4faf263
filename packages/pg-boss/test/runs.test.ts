import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { monitorWork } from '../src/index.ts'
import type { JobWithRetries } from '../src/index.ts'
import { openBoss, VERSIONS, type BossRig } from './rig.ts'

const WATCHED = { includeMetadata: true, pollingIntervalSeconds: 0.5 } as const
const AT_ONCE = { retryLimit: 2, retryDelay: 0 }

interface Crontify {
  readonly server: MockServer
  readonly newMonitor: () => CrontifyMonitor
  readonly pings: () => (readonly [string, unknown])[]
}

async function openCrontify(): Promise<Crontify> {
  const server = await createMockServer({ monitors: [{ id: 'report' }] })
  onTestFinished(() => server.close())
  return {
    server,
    newMonitor: () => {
      const monitor = new CrontifyMonitor({
        apiKey: server.apiKey,
        baseUrl: server.url,
        monitorId: 'report',
        logger: false,
      })
      onTestFinished(async () => void (await monitor.close()))
      return monitor
    },
    pings: () => server.pings().map(({ kind, errorMessage, meta }) => [kind, errorMessage ?? meta?.['rows']]),
  }
}

const failsUntil =
  (attempt: number) =>
  async ([job]: JobWithRetries[]): Promise<object> => {
    if (job !== undefined && job.retryCount < attempt) throw new Error(`attempt ${job.retryCount}`)
    return { rows: 120 }
  }

describe.each(VERSIONS)('on pg-boss %s', (version) => {
  let rig: BossRig
  beforeAll(async () => (rig = await openBoss(version)))
  afterAll(() => rig.close())

  it('makes one run of a job that succeeds at its third attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue(AT_ONCE)
    await rig.boss.work(queue, WATCHED, monitorWork(monitor, failsUntil(2)))

    await rig.until(queue, await rig.boss.send(queue, {}), 'completed')
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 120],
    ])
  })

  it('fails once, with the error of the last attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue(AT_ONCE)
    await rig.boss.work(queue, WATCHED, monitorWork(monitor, failsUntil(9)))

    await rig.until(queue, await rig.boss.send(queue, {}), 'failed')
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', 'attempt 2'],
    ])
  })

  it('continues the run of a job whose first attempt was in another process', async () => {
    const { newMonitor, pings } = await openCrontify()
    const [first, second] = [newMonitor(), newMonitor()]
    const queue = await rig.newQueue(AT_ONCE)
    const other = await rig.secondBoss()
    const stops = async (): Promise<never> => {
      // Not awaited: pg-boss 12 waits for the handler here.
      void rig.boss.offWork(queue)
      throw new Error('the first worker leaves')
    }
    await rig.boss.work(queue, WATCHED, monitorWork(first, stops))
    const id = await rig.boss.send(queue, {})
    await rig.until(queue, id, 'retry')
    await first.flush()
    await other.work(queue, WATCHED, monitorWork(second, failsUntil(1)))

    await rig.until(queue, id, 'completed')
    await second.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 120],
    ])
  })

  it('makes one run of a batch, which fails for good when one of its jobs does', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue({ retryLimit: 5 })
    const sizes: number[] = []
    const send = (retryLimit: number): Promise<string | null> => rig.boss.send(queue, {}, { retryLimit })
    const ids = [await send(5), await send(0), await send(5)]
    const fails = async (jobs: JobWithRetries[]): Promise<never> => {
      sizes.push(jobs.length)
      void rig.boss.offWork(queue)
      throw new Error('no paper')
    }
    await rig.boss.work(queue, { ...WATCHED, batchSize: 3 }, monitorWork(monitor, fails))

    await rig.until(queue, ids[1] ?? null, 'failed')
    await monitor.flush()

    expect(sizes).toEqual([3])
    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', 'no paper'],
    ])
  })

  it('makes one run of a singleton, however often it is sent', async () => {
    const { newMonitor, pings, server } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue()
    const once = { singletonKey: 'month', singletonSeconds: 3_600 }
    await rig.boss.work(queue, WATCHED, monitorWork(monitor, failsUntil(0)))
    await rig.boss.work(queue, WATCHED, monitorWork(monitor, failsUntil(0)))

    const ids = [await rig.boss.send(queue, {}, once), await rig.boss.send(queue, {}, once)]
    await rig.until(queue, ids[0] ?? null, 'completed')
    await monitor.flush()

    expect(ids[1]).toBeNull()
    expect(pings().map(([kind]) => kind)).toEqual(['start', 'success'])
    expect(server.runs('report').map(({ status }) => status)).toEqual(['success'])
  })

  it('fails a run whose handler worked longer than pg-boss waited, whatever it says later', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue({ retryLimit: 0, expireInSeconds: 1 })
    let finish: (result: object) => void = () => {}
    const never = new Promise<object>((resolve) => (finish = resolve))
    await rig.boss.work(
      queue,
      WATCHED,
      monitorWork(monitor, async (_jobs: JobWithRetries[]) => never),
    )

    const job = await rig.until(queue, await rig.boss.send(queue, {}), 'failed')
    finish({ rows: 1 })
    await monitor.flush()

    expect(job.output).toMatchObject({
      message: expect.stringMatching(/^handler execution exceeded 1/) as string,
    })
    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', 'handler execution exceeded 1s'],
    ])
  })

  it('makes a run of each attempt, with one warning, while the retries of a job are unknown', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    onTestFinished(() => emitWarning.mockRestore())
    const queue = await rig.newQueue({ retryLimit: 1, retryDelay: 0 })
    const work = monitorWork(monitor, async () => Promise.reject(new Error('no paper')))
    await rig.boss.work(queue, { pollingIntervalSeconds: 0.5 }, work as never)

    await rig.until(queue, await rig.boss.send(queue, {}), 'failed')
    await monitor.flush()

    expect(pings().map(([kind]) => kind)).toEqual(['start', 'fail', 'start', 'fail'])
    const said = emitWarning.mock.calls.filter(([text]) => `${text}`.includes('includeMetadata: true'))
    expect(said).toHaveLength(1)
  })

  it('makes one run of a job whose handler is watched twice', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue()
    await rig.boss.work(queue, WATCHED, monitorWork(monitor, monitorWork(monitor, failsUntil(0))))

    await rig.until(queue, await rig.boss.send(queue, {}), 'completed')
    await monitor.flush()

    expect(pings().map(([kind]) => kind)).toEqual(['start', 'success'])
  })

  it('runs the jobs without pings, with a warning, when the monitor is none', async () => {
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    onTestFinished(() => emitWarning.mockRestore())
    const queue = await rig.newQueue()
    await rig.boss.work(queue, WATCHED, monitorWork('report' as never, failsUntil(0)))

    const job = await rig.until(queue, await rig.boss.send(queue, {}), 'completed')

    expect(job.output).toEqual({ rows: 120 })
    expect(emitWarning.mock.calls.flat().join()).toContain('takes a monitor first')
  })

  it('delivers the end of a job that stop() waited for', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue()
    const boss = await rig.secondBoss()
    let finish: (result: object) => void = () => {}
    const work = new Promise<object>((resolve) => (finish = resolve))
    const begun = new Promise<void>((resolve) => {
      const handler = async (_jobs: JobWithRetries[]): Promise<object> => {
        resolve()
        return work
      }
      void boss.work(queue, WATCHED, monitorWork(monitor, handler))
    })
    await boss.send(queue, {})
    await begun

    const stopped = boss.stop({ graceful: true, timeout: 5_000 })
    finish({ rows: 5 })
    await stopped
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['success', 5],
    ])
  })
})

describe('on pg-boss 12', () => {
  let rig: BossRig
  beforeAll(async () => (rig = await openBoss('12')))
  afterAll(() => rig.close())

  it('reads the results of the jobs of a batch', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue({ retryLimit: 0 })
    const ids = [await rig.boss.send(queue, {}), await rig.boss.send(queue, {})]
    const results = async (jobs: JobWithRetries[]): Promise<object[]> =>
      jobs.map(({ id }, index) =>
        index === 0 ? { id, status: 'completed' } : { id, status: 'failed', output: 'no paper' },
      )
    const options = { ...WATCHED, batchSize: 2, perJobResults: true }
    await rig.boss.work(queue, options, monitorWork(monitor, results))

    const states = [await rig.until(queue, ids[0] ?? null, 'completed', 'failed')]
    states.push(await rig.until(queue, ids[1] ?? null, 'completed', 'failed'))
    await monitor.flush()

    expect(states.map(({ state }) => state).sort()).toEqual(['completed', 'failed'])
    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', expect.stringMatching(/^1 of 2 jobs failed\n.*: no paper$/)],
    ])
  })

  it('fails a run that stop() gave up in its last attempt', async () => {
    const { newMonitor, pings } = await openCrontify()
    const monitor = newMonitor()
    const queue = await rig.newQueue({ retryLimit: 0 })
    const boss = await rig.secondBoss()
    const begun = new Promise<void>((resolve) => {
      const handler = async (_jobs: JobWithRetries[]): Promise<never> => {
        resolve()
        return new Promise<never>(() => {})
      }
      void boss.work(queue, WATCHED, monitorWork(monitor, handler))
    })
    const id = await boss.send(queue, {})
    await begun

    await boss.stop({ graceful: true, timeout: 1_000 })
    await rig.until(queue, id, 'failed')
    await monitor.flush()

    expect(pings()).toEqual([
      ['start', undefined],
      ['fail', 'pg-boss gave the job up before its handler had ended'],
    ])
  })
})
