import type { Job } from 'bullmq'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { rollUpWorker } from '../src/index.ts'
import { rollUpWorkerBy } from '../src/roll-up-worker.ts'
import { createHandClock } from './hand-clock.ts'
import { closeRedis, createRig, nth, openRedis, SCHEDULER, VERSIONS, type Rig } from './rig.ts'

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

  const add = (rig: Rig, count: number, name = 'mail'): Promise<Job[]> =>
    rig.queue.addBulk(Array.from({ length: count }, (_, index) => ({ name, data: { index } })))

  it('sends one ping for 1,200 jobs, with what became of them', async () => {
    const rig = await setUp()
    const worker = rig.work(
      async (job) => {
        if (job.data.index % 100 === 0) throw new Error('mailbox is full')
      },
      { concurrency: 50 },
    )
    const clock = createHandClock()
    rollUpWorkerBy(clock, worker, rig.monitor, { failAbove: 0.05 })
    const done = Promise.all([nth(worker, 'completed', 1_188), nth(worker, 'failed', 12)])

    await add(rig, 1_200)
    await done
    clock.ring()

    expect(await rig.pings()).toEqual(['success'])
    const [run] = rig.server.runs(SCHEDULER)
    expect(run?.meta).toMatchObject({
      jobs_completed: 1_188,
      jobs_failed: 12,
      jobs_stalled: 0,
      attempts_retried: 0,
      failed_percent: 1,
    })
    expect(run?.meta?.['duration_ms_max']).toBeGreaterThanOrEqual(Number(run?.meta?.['duration_ms_p95']))
  })

  it('reports an interval in which too many jobs failed for good, with their errors', async () => {
    const rig = await setUp()
    const worker = rig.work(async (job) => {
      if (job.data.index > 0) throw new Error('mailbox is full')
    })
    const clock = createHandClock()
    rollUpWorkerBy(clock, worker, rig.monitor, { failAbove: 0.5 })
    const done = Promise.all([nth(worker, 'completed', 1), nth(worker, 'failed', 3)])

    await add(rig, 4)
    await done
    clock.ring()

    expect(await rig.runs()).toEqual(['failed'])
    expect(rig.server.runs(SCHEDULER)[0]).toMatchObject({
      errorMessage: '3 of 4 jobs failed (75 %)',
      meta: { jobs_completed: 1, jobs_failed: 3 },
    })
    expect(rig.server.alerts().map(({ type }) => type)).toEqual(['failure'])
  })

  it('counts a failure that is followed by another attempt as a retry', async () => {
    const rig = await setUp()
    const worker = rig.work(async (job) => {
      if (job.attemptsMade === 0) throw new Error('try again')
    })
    const clock = createHandClock()
    rollUpWorkerBy(clock, worker, rig.monitor)
    const done = nth(worker, 'completed', 1)

    await rig.queue.add('mail', {}, { attempts: 2 })
    await done
    clock.ring()

    expect(await rig.runs()).toEqual(['success'])
    expect(rig.server.runs(SCHEDULER)[0]).toMatchObject({
      meta: { jobs_completed: 1, jobs_failed: 0, attempts_retried: 1 },
    })
  })

  it('begins each interval at 0, and says so when nothing happened', async () => {
    const rig = await setUp()
    const worker = rig.work(async () => {})
    const clock = createHandClock()
    rollUpWorkerBy(clock, worker, rig.monitor)
    const done = nth(worker, 'completed', 1)
    await add(rig, 1)
    await done

    clock.ring()
    clock.ring()

    expect(await rig.runs()).toEqual(['success', 'success'])
    expect(rig.server.runs(SCHEDULER).map(({ meta }) => meta?.['jobs_completed'])).toEqual([1, 0])
  })

  it('sends what is left when the worker is closed, and is over then', async () => {
    const rig = await setUp()
    const worker = rig.work(async () => {})
    const clock = createHandClock()
    rollUpWorkerBy(clock, worker, rig.monitor)
    const done = nth(worker, 'completed', 3)
    await add(rig, 3)
    await done

    await worker.close()

    expect(await rig.runs()).toEqual(['success'])
    expect(rig.server.runs(SCHEDULER)[0]).toMatchObject({ meta: { jobs_completed: 3 } })
    expect(clock.timers.size).toBe(0)
  })

  it('sends what is left once when it is ended, also when the worker is closed afterwards', async () => {
    const rig = await setUp()
    const worker = rig.work(async () => {})
    const end = rollUpWorker(worker, rig.monitor)

    end()
    end()
    await worker.close()

    expect(await rig.pings()).toEqual(['success'])
  })

  it('lets two workers share a monitor without overlapping', async () => {
    const rig = await setUp()
    const clock = createHandClock()
    for (const worker of [rig.work(async () => {}), rig.work(async () => {})]) {
      rollUpWorkerBy(clock, worker, rig.monitor)
    }

    clock.ring()
    clock.ring()

    expect(await rig.runs()).toEqual(['success', 'success', 'success', 'success'])
    expect(rig.server.alerts()).toEqual([])
  })

  it('refuses a queue, and numbers that it cannot use', async () => {
    const { queue, monitor, work } = await setUp()
    const worker = work(async () => {})

    expect(() => rollUpWorker(queue as never, monitor)).toThrow(/takes a Worker of BullMQ.*this is a Queue/)
    expect(() => rollUpWorker(worker, monitor, { everyMs: 10 })).toThrow(/"everyMs" is 10; accepted/)
    expect(() => rollUpWorker(worker, monitor, { failAbove: 5 })).toThrow(
      /"failAbove" is 5; accepted is a share/,
    )
  })
})
