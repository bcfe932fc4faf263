import { type RunCoordinator, type ScheduledTask, type TaskOptions } from 'node-cron'
import { expect, it } from 'vitest'
import { monitorJob, watchTask, type TaskNotice } from '../src/index.ts'
import { EVERY_SECOND, setUp, task } from './support/rig.ts'

/** Runs a task each second until it has told something of this kind. */
async function firstNotice(kind: TaskNotice['kind'], made: ScheduledTask): Promise<TaskNotice> {
  const told = new Promise<TaskNotice>((resolve) => {
    watchTask(made, (notice) => {
      if (notice.kind === kind) resolve(notice)
    })
  })
  await made.start()
  const notice = await told
  await made.stop()
  return notice
}

const distributed = (shouldRun: RunCoordinator['shouldRun']): TaskOptions => ({
  distributed: true,
  runCoordinator: { shouldRun },
})

it.each([
  ['not-elected', () => Promise.resolve(false)],
  ['coordinator-error', () => Promise.reject(new Error('no store'))],
] as const)('tells a tick that nobody runs here: %s', async (kind, shouldRun) => {
  const { monitor, seen } = await setUp()
  const elsewhere = task(
    monitorJob(monitor, () => 'done'),
    distributed(shouldRun),
    EVERY_SECOND,
  )

  const notice = await firstNotice(kind, elsewhere)

  expect(notice.at.getMilliseconds()).toBe(0)
  expect(await seen()).toEqual([])
})

it('has one of three replicas send the pings of a tick', async () => {
  const { server, monitor, seen } = await setUp()
  const elected = new Set<string>()
  const shouldRun = (slot: string): boolean => {
    if (elected.size > 0) return false
    elected.add(slot)
    return true
  }
  const replicas = [1, 2, 3].map(() =>
    task(
      monitorJob(monitor, () => 'done'),
      distributed(shouldRun),
      EVERY_SECOND,
    ),
  )
  let others = (): void => {}
  const skipped = new Promise<void>((resolve) => (others = resolve))
  let notElected = 0
  for (const replica of replicas) {
    watchTask(replica, () => {
      notElected++
      if (notElected === 2) others()
    })
  }

  for (const replica of replicas) await replica.start()
  await skipped
  for (const replica of replicas) await replica.stop()

  expect(await seen()).toEqual(['success'])
  expect(server.alerts()).toEqual([])
})

it('tells a tick that came while the task was running', async () => {
  const { monitor, seen } = await setUp()
  let end = (): void => {}
  const slow = task(
    monitorJob(monitor, () => new Promise<void>((resolve) => (end = resolve))),
    { noOverlap: true },
    EVERY_SECOND,
  )

  await firstNotice('overlap', slow)
  end()

  expect((await seen()).length).toBe(1)
})

it('tells runs that a busy program has lost, and sends nothing for them', async () => {
  const { monitor, seen } = await setUp()
  let runs = 0
  const busy = task(
    monitorJob(monitor, () => {
      runs++
      const until = performance.now() + (runs === 1 ? 2_500 : 0)
      while (performance.now() < until);
    }),
    {},
    EVERY_SECOND,
  )

  const notice = await firstNotice('missed', busy)

  expect(notice.at).toBeInstanceOf(Date)
  expect((await seen()).every((status) => status === 'success')).toBe(true)
  expect((await seen()).length).toBe(runs)
})

it('tells that a task has made all its runs', async () => {
  const { monitor, seen } = await setUp()
  const twice = task(
    monitorJob(monitor, () => 'done'),
    { maxExecutions: 1 },
    EVERY_SECOND,
  )

  await firstNotice('max-reached', twice)

  expect(twice.getStatus()).toBe('destroyed')
  expect(await seen()).toEqual(['success'])
})

it('tells nothing any more once it was stopped', async () => {
  const notices: TaskNotice[] = []
  const elsewhere = task(
    () => 'done',
    distributed(() => false),
    EVERY_SECOND,
  )
  const stop = watchTask(elsewhere, (notice) => notices.push(notice))

  stop()
  await firstNotice('not-elected', elsewhere)

  expect(notices).toEqual([])
})

it('refuses something else than a function', () => {
  const idle = task(() => 'done')

  expect(() => watchTask(idle, undefined as never)).toThrow('watchTask takes a function')
})
