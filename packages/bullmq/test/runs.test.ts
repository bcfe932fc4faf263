import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { monitorWorker } from '../src/index.ts'
import { closeRedis, createRig, latch, nth, openRedis, SCHEDULER, VERSIONS, type Rig } from './rig.ts'

const rigs: Rig[] = []

beforeAll(openRedis)
afterAll(closeRedis)
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close()
})

describe.each(VERSIONS)('with BullMQ %s', (_version, lib) => {
  async function setUp(options: Parameters<typeof createRig>[1] = {}): Promise<Rig> {
    const rig = await createRig(lib, options)
    rigs.push(rig)
    return rig
  }

  it('sends a start and a success with the numbers of the result', async () => {
    const { server, monitor, work, fire, runs } = await setUp()
    const worker = work(async () => ({ rows: 120, ratio: 0.5, name: 'x' }))
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire()
    await done

    expect(await runs()).toEqual(['success'])
    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
    expect(server.runs(SCHEDULER)[0]).toMatchObject({ meta: { rows: 120, ratio: 0.5 } })
  })

  it('sends a pair for each firing of the scheduler', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async () => {})
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })

    for (const count of [1, 1, 1]) {
      const done = nth(worker, 'completed', count)
      await fire()
      await done
    }

    expect(await pings()).toEqual(['start', 'success', 'start', 'success', 'start', 'success'])
  })

  it('takes retries for one run, which ends well when the last attempt does', async () => {
    const { server, monitor, work, fire, pings } = await setUp()
    const worker = work(async (job) => {
      if (job.attemptsMade < 2) throw new Error('not yet')
      return { rows: 1 }
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire({ opts: { attempts: 3, backoff: { type: 'fixed', delay: 10 } } })
    await done

    expect(await pings()).toEqual(['start', 'success'])
    expect(server.alerts()).toEqual([])
  })

  it('reports one failure, of the last attempt, when all attempts are used up', async () => {
    const { server, monitor, work, fire, pings } = await setUp()
    const worker = work(async (job) => {
      throw new Error(`attempt ${job.attemptsMade + 1} failed`)
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'failed', 3)

    await fire({ opts: { attempts: 3, backoff: { type: 'fixed', delay: 10 } } })
    await done

    expect(await pings()).toEqual(['start', 'fail'])
    expect(server.runs(SCHEDULER)[0]).toMatchObject({ errorMessage: 'attempt 3 failed' })
    expect(server.alerts().map(({ type }) => type)).toEqual(['failure'])
  })

  it('takes each attempt for a run where it is told so', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async (job) => {
      if (job.attemptsMade < 1) throw new Error('not yet')
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor }, runs: 'attempt' })
    const done = nth(worker, 'completed', 1)

    await fire({ opts: { attempts: 3 } })
    await done

    expect(await pings()).toEqual(['start', 'fail', 'start', 'success'])
  })

  it('reports a failure that is not to be retried at once', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async () => {
      throw new lib.UnrecoverableError('the table is gone')
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'failed', 1)

    await fire({ opts: { attempts: 5 } })
    await done

    expect(await pings()).toEqual(['start', 'fail'])
  })

  it.each([
    ['delayed', async () => new lib.DelayedError()],
    ['put back to wait', async () => new lib.WaitingError()],
    ['held by the rate limit', async () => lib.Worker.RateLimitError()],
  ])('takes a job that is %s on the way for one run', async (how, makeError) => {
    const { monitor, work, fire, pings } = await setUp()
    const worker = work(async (job, token) => {
      if (job.attemptsStarted > 1) return
      if (how === 'delayed') await job.moveToDelayed(Date.now() + 10, token)
      if (how === 'put back to wait') await job.moveToWait(token)
      if (how === 'held by the rate limit') await worker.rateLimit(10)
      throw await makeError()
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 1)

    await fire()
    await done

    expect(await pings()).toEqual(['start', 'success'])
  })

  it('takes a finished job that somebody retries by hand for a new run', async () => {
    const { monitor, work, fire, pings } = await setUp()
    let isBroken = true
    const worker = work(async () => {
      if (isBroken) throw new Error('disk is full')
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const failed = nth(worker, 'failed', 1)
    await fire()
    const job = await failed
    isBroken = false
    const done = nth(worker, 'completed', 1)

    await job.retry()
    await done

    expect(await pings()).toEqual(['start', 'fail', 'start', 'success'])
  })

  it('sends one pair when three workers wait for the job', async () => {
    const { monitor, work, fire, pings } = await setUp()
    const workers = [1, 2, 3].map(() => work(async () => {}))
    for (const worker of workers) monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = Promise.race(workers.map((worker) => nth(worker, 'completed', 1)))

    await fire()
    await done

    expect(await pings()).toEqual(['start', 'success'])
  })

  it('reports a firing beside a run that is not done as an overlap, and ends only the newer run', async () => {
    const { server, monitor, work, fire, runs } = await setUp()
    const ends = [latch(), latch()]
    let numberOfRuns = 0
    const worker = work(async () => ends[numberOfRuns++]?.opened, { concurrency: 2 })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const firstBegan = nth(worker, 'active', 1)
    const bothBegan = nth(worker, 'active', 2)
    const bothDone = nth(worker, 'completed', 2)

    await fire()
    await firstBegan
    await fire()
    await bothBegan
    const olderDone = nth(worker, 'completed', 1)
    ends[0]?.open()
    await olderDone
    ends[1]?.open()
    await bothDone

    expect(await runs()).toEqual(['overlapped', 'success'])
    expect(server.alerts().map(({ type }) => type)).toEqual(['overlapped'])
  })

  it('reports a parent as failed whose child failed, although its processor was never called', async () => {
    const { queue, connection, monitor, work, pings } = await setUp()
    let calls = 0
    const worker = work(async (job) => {
      if (job.name === 'parent') calls++
      else throw new Error('no data')
    })
    monitorWorker(worker, { monitors: (job) => (job.name === 'parent' ? monitor : undefined) })
    const flow = new lib.FlowProducer({ connection })
    const done = new Promise<void>((resolve) =>
      worker.on('failed', (job) => {
        if (job?.name === 'parent') resolve()
      }),
    )

    await flow.add({
      name: 'parent',
      queueName: queue.name,
      children: [{ name: 'child', queueName: queue.name, opts: { failParentOnFailure: true } }],
    })
    await done
    await flow.close()

    expect(calls).toBe(0)
    expect(await pings()).toEqual(['start', 'fail'])
  })

  it('takes a job that waits for its children for one run', async () => {
    const { queue, monitor, work, pings } = await setUp()
    const worker = work(async (job, token) => {
      if (job.name === 'child' || job.attemptsStarted > 1) return
      await queue.add('child', {}, { parent: { id: String(job.id), queue: job.queueQualifiedName } })
      if (await job.moveToWaitingChildren(String(token))) throw new lib.WaitingChildrenError()
    })
    monitorWorker(worker, { monitors: (job) => (job.name === 'parent' ? monitor : undefined) })
    const done = nth(worker, 'completed', 2)

    await queue.add('parent', {})
    await done

    expect(await pings()).toEqual(['start', 'success'])
  })

  it('sends nothing for jobs that no scheduler made, and for other schedulers', async () => {
    const { queue, monitor, work, pings } = await setUp()
    const worker = work(async () => {})
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const done = nth(worker, 'completed', 2)

    await queue.add(SCHEDULER, {})
    await queue.upsertJobScheduler('another', { every: 3_600_000 }, { name: SCHEDULER })
    await done

    expect(await pings()).toEqual([])
  })

  it.each(['__proto__', 'constructor', 'a:b:c:1:2:3'])(
    'watches a scheduler called %s, by its own monitor only',
    async (schedulerId) => {
      const { monitor, work, fire, pings } = await setUp({ schedulerId })
      const worker = work(async () => {})
      const detach = monitorWorker(worker, { monitors: {} })
      const unwatched = nth(worker, 'completed', 1)
      await fire()
      await unwatched
      expect(await pings()).toEqual([])
      detach()
      monitorWorker(worker, { monitors: { [schedulerId]: monitor } })
      const done = nth(worker, 'completed', 1)

      await fire()
      await done

      expect(await pings()).toEqual(['start', 'success'])
    },
  )

  it('reports jobs that the store forgets at once', async () => {
    const { monitor, work, fire, pings } = await setUp()
    let isBroken = false
    const worker = work(async () => {
      if (isBroken) throw new Error('disk is full')
    })
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const opts = { removeOnComplete: true, removeOnFail: true }
    const done = nth(worker, 'completed', 1)
    await fire({ opts })
    await done
    isBroken = true
    const failed = nth(worker, 'failed', 1)

    await fire({ opts })
    await failed

    expect(await pings()).toEqual(['start', 'success', 'start', 'fail'])
  })

  it.each([
    ['a text', 'disk is full', 'disk is full'],
    ['an object', { code: 7 }, 'an object was thrown (with code)'],
  ])('reports a failure when the job throws %s', async (_what, thrown, message) => {
    const { server, monitor, work, fire, runs } = await setUp()
    const worker = work(() => Promise.reject(thrown as unknown as Error))
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const failed = nth(worker, 'failed', 1)

    await fire()
    await failed

    expect(await runs()).toEqual(['failed'])
    expect(server.runs(SCHEDULER)[0]).toMatchObject({ errorMessage: message })
  })

  it('leaves the run open when the job throws undefined, which BullMQ itself does not end', async () => {
    const { monitor, work, fire, runs } = await setUp()
    const worker = work(() => Promise.reject(undefined as unknown as Error))
    monitorWorker(worker, { monitors: { [SCHEDULER]: monitor } })
    const error = new Promise((resolve) => worker.once('error', resolve))

    await fire()
    await error

    expect(await runs()).toEqual(['running'])
  })
})
