import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { monitorWorker, type WorkerNotice } from '../src/index.ts'
import { closeRedis, createRig, latch, nth, openRedis, SCHEDULER, VERSIONS, type Rig } from './rig.ts'

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

  it('reports one notice for the jobs of a worker that is closed by force, and the next worker ends their runs', async () => {
    const rig = await setUp()
    const notices: WorkerNotice[] = []
    const began = latch()
    const first = rig.work(
      () => {
        began.open()
        return latch().opened
      },
      { skipStalledCheck: true, ...SHORT_LOCK },
    )
    monitorWorker(first, {
      monitors: { [SCHEDULER]: rig.monitor },
      onNotice: (notice) => notices.push(notice),
    })
    await rig.fire()
    await began.opened

    await first.close(true)
    const atTheClose = await rig.pings()
    const next = rig.work(async () => ({ rows: 1 }), SHORT_LOCK)
    monitorWorker(next, { monitors: { [SCHEDULER]: rig.monitor } })
    await nth(next, 'completed', 1)

    expect(atTheClose).toEqual(['start'])
    expect(notices).toEqual([
      { kind: 'closed-mid-job', jobIds: [expect.stringContaining('repeat:') as string] },
    ])
    expect(await rig.pings()).toEqual(['start', 'success'])
    expect(await rig.runs()).toEqual(['success'])
  })

  it('says nothing when a worker is closed that has no job, or waits for its job', async () => {
    const rig = await setUp()
    const notices: WorkerNotice[] = []
    const worker = rig.work(async () => {})
    monitorWorker(worker, {
      monitors: { [SCHEDULER]: rig.monitor },
      onNotice: (notice) => notices.push(notice),
    })
    const done = nth(worker, 'completed', 1)
    await rig.fire()
    await done

    await worker.close()

    expect(notices).toEqual([])
  })

  it('sends the lines of job.log with a failure', async () => {
    const rig = await setUp()
    const worker = rig.work(async (job) => {
      await job.log('reading page 7')
      throw new lib.UnrecoverableError('the table is gone')
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: rig.monitor } })
    const done = nth(worker, 'failed', 1)

    await rig.fire()
    await done

    expect(await rig.pings()).toEqual(['start', 'fail'])
    expect(rig.server.pings()[1]?.logOutput).toContain('reading page 7')
  })

  it('gives the worker its processor back', async () => {
    const rig = await setUp()
    const processor = async (): Promise<void> => {}
    const worker = rig.work(processor) as unknown as { processFn: unknown } & ReturnType<Rig['work']>
    const before = worker.processFn

    monitorWorker(worker, { monitors: { [SCHEDULER]: rig.monitor } })()

    expect(worker.processFn).toBe(before)
  })
})
