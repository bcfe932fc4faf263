import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { watchSchedulers, type QueueLike, type SchedulerNotice } from '../src/index.ts'
import { watchSchedulersBy } from '../src/watch-schedulers.ts'
import { createHandClock } from './hand-clock.ts'
import { closeRedis, createRig, nth, openRedis, SCHEDULER, VERSIONS, type Rig } from './rig.ts'

const HOUR_MS = 3_600_000
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

  it('tells once of a scheduler that no worker serves, and again of its next firing', async () => {
    const { queue, fire, work } = await setUp()
    await fire()
    const due = Number((await queue.getJobSchedulers())[0]?.next)
    const clock = createHandClock(due + 60_001)
    const { next, stop, all } = notices(clock, queue)

    expect(await next()).toEqual({
      kind: 'overdue',
      schedulerId: SCHEDULER,
      expectedAt: new Date(due),
      lateByMs: 60_001,
    })
    const worker = work(async () => {})
    await nth(worker, 'completed', 1)
    clock.set(due + HOUR_MS + 60_001)
    const second = next()
    clock.ring()

    expect(await second).toMatchObject({ expectedAt: new Date(due + HOUR_MS) })
    expect(all).toHaveLength(2)
    stop()
    expect(clock.timers.size).toBe(0)
  })

  it('says nothing while the schedulers fire', async () => {
    const { queue, fire } = await setUp()
    await fire()
    const due = Number((await queue.getJobSchedulers())[0]?.next)
    const looks = counted(queue)
    const { all, stop } = notices(createHandClock(due + 59_000), looks.queue)

    await looks.done()

    expect(all).toEqual([])
    stop()
  })

  it('tells of an id that has a monitor and no scheduler', async () => {
    const { queue, fire } = await setUp()
    await fire()
    const { next, stop } = notices(createHandClock(0), queue, { 'nightly-repotr': {} })

    expect(await next()).toEqual({
      kind: 'unknown-scheduler',
      schedulerId: 'nightly-repotr',
      nearest: SCHEDULER,
    })
    stop()
  })

  it('refuses a worker, which cannot list schedulers', async () => {
    const { work } = await setUp()

    expect(() => watchSchedulers(work(async () => {}) as never, { onNotice: () => {} })).toThrow(
      /takes a Queue of BullMQ; this is a Worker/,
    )
  })
})

it('tells once that the queue cannot be asked, and again after it could be in between', async () => {
  const clock = createHandClock()
  let isBroken = true
  const looks = counted({
    name: 'reports',
    getJobSchedulers: async () => {
      if (isBroken) throw new Error('no connection')
      return []
    },
  })
  const { all, stop } = notices(clock, looks.queue)
  for (const broken of [true, false, true]) {
    await looks.done()
    isBroken = broken
    clock.ring()
  }
  await looks.done()

  expect(all.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable'])
  stop()
})

it('does not ask a queue again that has not answered, and tells nothing once it is ended', async () => {
  const clock = createHandClock()
  const answers: ((schedulers: []) => void)[] = []
  const looks = counted({
    name: 'reports',
    getJobSchedulers: () => new Promise((resolve) => answers.push(resolve)),
  })
  const { all, stop } = notices(clock, looks.queue, { 'nightly-report': {} })

  clock.ring()
  clock.ring()
  expect(answers).toHaveLength(1)
  stop()
  answers[0]?.([])
  await looks.done()

  expect(all).toEqual([])
})

it.each([0, 999, Number.NaN, 2 ** 31])('refuses to look every %d ms', (everyMs) => {
  const queue = { name: 'reports', getJobSchedulers: async () => [] }

  expect(() => watchSchedulers(queue, { onNotice: () => {}, everyMs })).toThrow(RangeError)
})

function notices(
  clock: ReturnType<typeof createHandClock>,
  queue: QueueLike,
  monitors: Readonly<Record<string, unknown>> = {},
): { next: () => Promise<SchedulerNotice>; all: SchedulerNotice[]; stop: () => void } {
  const all: SchedulerNotice[] = []
  let heard = 0
  let wake = (): void => {}
  const onNotice = (notice: SchedulerNotice): never => {
    all.push(notice)
    wake()
    throw new Error('the callback of a user')
  }
  const stop = watchSchedulersBy(clock, queue, { onNotice, monitors })
  return {
    all,
    stop,
    next: async () => {
      while (all[heard] === undefined) await new Promise<void>((resolve) => (wake = resolve))
      return all[heard++] as SchedulerNotice
    },
  }
}

/** A queue that says when a look at it is over. */
function counted(queue: QueueLike): { queue: QueueLike; done: () => Promise<void> } {
  let last: Promise<unknown> = Promise.resolve()
  return {
    queue: {
      name: queue.name,
      getJobSchedulers: () => {
        const answer = queue.getJobSchedulers()
        last = answer.catch(() => {})
        return answer
      },
    },
    done: async () => {
      await last
      // The look goes on when its answer is there.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
  }
}
