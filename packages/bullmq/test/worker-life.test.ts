import type { Pinger } from '@crontify/sdk/adapter'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { monitorWorker, type WorkerNotice } from '../src/index.ts'
import { closeRedis, createRig, latch, nth, openRedis, SCHEDULER, VERSIONS, type Rig } from './rig.ts'

const REPORT_FILE = new URL('processors/report.cjs', import.meta.url)
/** A worker with these loses its job as soon as it does not renew the lock. */
const SHORT_LOCK = { lockDuration: 100, stalledInterval: 50 }

const rigs: Rig[] = []

beforeAll(openRedis)
afterAll(closeRedis)
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close()
})

describe.each(VERSIONS)('with BullMQ %s', (_version, lib) => {
  async function setUp(): Promise<Rig> {
    const rig = await createRig(lib)
    rigs.push(rig)
    return rig
  }

  /** A worker that takes the job, is lost at once as if its machine had burnt, and is replaced by another one. */
  async function loseOnce(
    rig: Rig,
    options: Partial<Parameters<typeof monitorWorker>[1]> = {},
  ): Promise<readonly WorkerNotice[]> {
    const notices: WorkerNotice[] = []
    const never = latch()
    const lost = rig.work(() => never.opened, {
      skipLockRenewal: true,
      skipStalledCheck: true,
      ...SHORT_LOCK,
    })
    monitorWorker(lost, { monitors: { [SCHEDULER]: rig.monitor }, ...options })
    const began = nth(lost, 'active', 1)
    await rig.fire()
    await began
    const next = rig.work(async () => ({ rows: 1 }), SHORT_LOCK)
    monitorWorker(next, {
      monitors: { [SCHEDULER]: rig.monitor },
      onNotice: (notice) => notices.push(notice),
      ...options,
    })
    await nth(next, 'completed', 1)
    return notices
  }

  it('takes a job that another worker finishes for one run that ended well', async () => {
    const rig = await setUp()

    const notices = await loseOnce(rig)

    expect(await rig.pings()).toEqual(['start', 'success'])
    expect(notices).toEqual([
      { kind: 'stalled', jobId: expect.stringContaining('repeat:') as string, schedulerId: SCHEDULER },
    ])
  })

  it('reports the lost run as failed where it is told so, and the next one as a new run', async () => {
    const rig = await setUp()

    await loseOnce(rig, { stalled: 'fail' })

    expect(await rig.pings()).toEqual(['start', 'fail', 'start', 'success'])
    expect(rig.server.runs(SCHEDULER)[0]).toMatchObject({
      errorMessage: 'the worker that ran the job was lost (the job stalled)',
    })
  })

  it('reports a plain job that stalls too often as failed, although no processor was called again', async () => {
    const { queue, monitor, work, pings } = await setUp()
    const never = latch()
    const monitors = () => monitor
    const lost = work(() => never.opened, { skipLockRenewal: true, skipStalledCheck: true, ...SHORT_LOCK })
    monitorWorker(lost, { monitors })
    const began = nth(lost, 'active', 1)
    await queue.add('import', {})
    await began
    let calls = 0
    const next = work(async () => void calls++, { ...SHORT_LOCK, maxStalledCount: 0 })
    monitorWorker(next, { monitors })

    await nth(next, 'failed', 1)

    expect(calls).toBe(0)
    expect(await pings()).toEqual(['start', 'fail'])
  })

  it('tells that a worker has lost the lock on its job', async () => {
    const { queue, connection, monitor, work, fire } = await setUp()
    const end = latch()
    const worker = work(() => end.opened, { lockDuration: 200, skipStalledCheck: true })
    const notice = new Promise<WorkerNotice>((resolve) =>
      monitorWorker(worker, { monitors: { [SCHEDULER]: monitor }, onNotice: resolve }),
    )
    const began = nth(worker, 'active', 1)
    await fire()
    const job = await began
    const redis = new Redis(connection)

    await redis.set(`${queue.toKey(String(job.id))}:lock`, 'somebody else')

    expect(await notice).toEqual({ kind: 'lock-lost', jobIds: [job.id] })
    end.open()
    redis.disconnect()
  })

  it.each([
    ['returns', 'success', undefined],
    ['throw', 'failed', 'the table is gone'],
    ['exit', 'failed', expect.stringContaining('Unexpected exit code')],
    ['kill', 'failed', expect.stringContaining('Unexpected exit code')],
  ] as const)('watches a processor in a file that does this: %s', async (how, status, errorMessage) => {
    const { server, monitor, work, fire, runs } = await setUp()
    const worker = work(REPORT_FILE)
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const ended = Promise.race([nth(worker, 'completed', 1), nth(worker, 'failed', 1)])

    await fire({ data: { how } })
    await ended

    expect(await runs()).toEqual([status])
    expect(server.runs(SCHEDULER)[0]).toMatchObject(
      errorMessage === undefined ? { meta: { rows: 7 } } : { errorMessage },
    )
  })

  it('gives the processor the signal by which BullMQ cancels it', async () => {
    const { server, monitor, work, fire, runs } = await setUp()
    const listening = latch()
    const worker = work(
      (_job, _token, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('cancelled')))
          listening.open()
        }),
    )
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const began = nth(worker, 'active', 1)
    const failed = nth(worker, 'failed', 1)
    await fire()
    const job = await began
    await listening.opened

    worker.cancelJob(String(job.id))
    await failed

    expect(await runs()).toEqual(['failed'])
    expect(server.runs(SCHEDULER)[0]).toMatchObject({ errorMessage: 'cancelled' })
  })

  it('keeps start before success when the service is slow', async () => {
    const { server, monitor, work, fire, pings } = await setUp()
    server.faults.add({ type: 'latency', delay: '150ms' })
    const worker = work(async () => {})
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire()
    await done

    expect(await pings()).toEqual(['start', 'success'])
  })

  it('lets a job run to its end while a ping never ends', async () => {
    const { work, fire } = await setUp()
    const kinds: string[] = []
    const silence = (kind: string) => (): Promise<never> => {
      kinds.push(kind)
      return new Promise(() => {})
    }
    const monitor = {
      start: silence('start'),
      success: silence('success'),
      fail: silence('fail'),
    } satisfies Pinger
    const worker = work(async () => {})
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire()

    expect((await done).failedReason).toBeUndefined()
    expect(kinds).toEqual(['start', 'success'])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('changes nothing for the job when a callback %s', async (_how, broken) => {
    const rig = await setUp()
    const worker = rig.work(async () => ({ rows: 3 }))
    const callback = broken as () => never
    monitorWorker(worker, {
      monitors: { [SCHEDULER]: rig.monitor },
      meta: callback,
      onNotice: callback,
    })
    const done = nth(worker, 'completed', 1)
    await rig.fire()

    expect((await done).returnvalue).toEqual({ rows: 3 })
    expect(await rig.pings()).toEqual(['start', 'success'])
    expect(Object.keys(rig.server.runs(SCHEDULER)[0]?.meta ?? {})).toEqual(['duration_ms'])
  })

  it('watches nothing where the function of monitors throws, and the job runs', async () => {
    const { work, fire, pings } = await setUp()
    const worker = work(async () => ({ rows: 3 }))
    monitorWorker(worker, {
      monitors: () => {
        throw new Error('broken')
      },
    })
    const done = nth(worker, 'completed', 1)

    await fire()

    expect((await done).returnvalue).toEqual({ rows: 3 })
    expect(await pings()).toEqual([])
  })

  it('makes the metadata of the result and the job', async () => {
    const { server, monitor, work, fire, runs } = await setUp()
    const worker = work(async () => ['ada', 'grace'])
    monitorWorker(worker, {
      monitors: { [SCHEDULER]: monitor },
      meta: (names, job) => ({ users: (names as string[]).length, attempts: job.attemptsMade }),
    })
    const done = nth(worker, 'completed', 1)

    await fire()
    await done

    expect(await runs()).toEqual(['success'])
    expect(server.runs(SCHEDULER)[0]).toMatchObject({ meta: { users: 2, attempts: 1 } })
  })

  it('loses no ping when the worker is closed and the monitor flushed', async () => {
    const { server, monitor, work, fire } = await setUp()
    const end = latch()
    const worker = work(() => end.opened)
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const began = nth(worker, 'active', 1)
    await fire()
    await began

    const closed = worker.close()
    end.open()
    await closed
    await monitor.flush({ withinMs: 5_000 })

    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
  })

  it('leaves the run open when the worker is closed by force, because the job goes on elsewhere', async () => {
    const { monitor, work, fire, runs } = await setUp()
    const worker = work(() => new Promise(() => {}))
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const began = nth(worker, 'active', 1)
    await fire()
    await began

    await worker.close(true)

    expect(await runs()).toEqual(['running'])
  })

  it('sends nothing more once it is detached', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async () => {})
    const before = worker.eventNames().length
    const detach = monitorWorker(worker, { monitors: { [SCHEDULER]: monitor }, onNotice: () => {} })
    const done = nth(worker, 'completed', 1)
    detach()

    await fire()
    await done

    expect(await pings()).toEqual([])
    expect(worker.eventNames().length).toBe(before + 1) // ours, of this test
  })

  it('refuses what is no worker, and says what it is', async () => {
    const { queue, connection, monitor } = await setUp()
    const events = new lib.QueueEvents(queue.name, { connection })
    const monitors = { [SCHEDULER]: monitor }

    for (const [wrong, text] of [
      [queue, /takes a Worker of BullMQ.*this is a Queue/],
      [events, /this is a QueueEvents/],
      [async () => {}, /this is a function/],
      [undefined, /this is undefined/],
    ] as const) {
      expect(() => monitorWorker(wrong as never, { monitors })).toThrow(text)
    }
    await events.close()
  })

  it('refuses monitors that are none, naming the scheduler', async () => {
    const { work } = await setUp()
    const worker = work(async () => {})

    expect(() => monitorWorker(worker, { monitors: { report: 'clxxx' as never } })).toThrow(
      /job scheduler "report".*is a string/,
    )
    expect(() => monitorWorker(worker, { monitors: undefined as never })).toThrow(
      /"monitors" must be an object/,
    )
  })

  it('pings once where it is called twice for a worker, and says so', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async () => {})
    const warnings: string[] = []
    const listen = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', listen)
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire()
    await done

    expect(await pings()).toEqual(['start', 'success'])
    expect(warnings).toEqual([expect.stringContaining('the second call watches nothing')])
    process.off('warning', listen)
  })
})
