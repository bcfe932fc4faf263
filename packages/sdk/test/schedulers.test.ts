import { once } from 'node:events'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CronJob } from 'cron'
import { Cron } from 'croner'
import schedule from 'node-schedule'
import { AsyncTask, SimpleIntervalJob, ToadScheduler } from 'toad-scheduler'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { monitored } from '../src/adapter.ts'
import { currentRun } from '../src/context.ts'
import { CrontifyMonitor } from '../src/index.ts'

let server: MockServer
let monitor: CrontifyMonitor

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'user-sync' }] })
})
beforeEach(() => {
  server.reset()
  monitor = new CrontifyMonitor({ apiKey: server.apiKey, baseUrl: server.url, monitorId: 'user-sync' })
})
afterAll(() => server.close())

const SYNCED = { status: 'success', meta: { records_processed: 3 } }
const FAILED = { status: 'failed', errorMessage: 'no database' }

/** What the service saw of the runs, once every ping has arrived. */
async function seen(): Promise<readonly object[]> {
  const { pending, dropped } = await monitor.flush()
  expect({ pending, dropped }).toEqual({ pending: 0, dropped: 0 })
  return server.runs('user-sync')
}

/** cron, croner and toad-scheduler want jobs that return nothing: the run takes the metadata. */
const syncUsers = async (): Promise<void> => currentRun()?.meta({ records_processed: 3 })
const breaks = async (): Promise<never> => {
  throw new Error('no database')
}

/** An hour of a year that is not now: these jobs run when the test says so. */
const NEVER = '0 0 0 1 1 *'

it('watches a job of cron: its context and its onComplete callback arrive', async () => {
  const received: unknown[] = []
  const context = { name: 'of the job' }
  const onTick = function (this: unknown, onComplete: unknown) {
    received.push(this, typeof onComplete)
    return syncUsers()
  }
  const job = CronJob.from({
    cronTime: NEVER,
    onTick: monitored(monitor, onTick),
    onComplete: () => {},
    context,
    start: false,
  })

  await job.fireOnTick()

  expect(await seen()).toMatchObject([SYNCED])
  expect(received).toEqual([context, 'function'])
})

it('leaves an error to the errorHandler of cron', async () => {
  const handled: unknown[] = []
  const job = CronJob.from({
    cronTime: NEVER,
    onTick: monitored(monitor, breaks),
    errorHandler: (error) => void handled.push((error as Error).message),
    start: false,
  })

  await job.fireOnTick()

  expect(await seen()).toMatchObject([FAILED])
  expect(handled).toEqual(['no database'])
})

it('watches a job of croner: the job and its context arrive', async () => {
  const received: unknown[] = []
  const job = new Cron(
    NEVER,
    { context: { region: 'eu' } },
    monitored(monitor, (self: unknown, context: unknown) => {
      received.push(self, context)
      return syncUsers()
    }),
  )
  onTestFinished(() => void job.stop())

  await job.trigger()

  expect(await seen()).toMatchObject([SYNCED])
  expect(received).toEqual([job, { region: 'eu' }])
})

it('watches a tick that croner makes by itself', async () => {
  const done = new Promise<void>((resolve) => {
    const job = new Cron(
      new Date(Date.now() + LEAD_MS),
      monitored(monitor, async () => {
        resolve()
        return syncUsers()
      }),
    )
    onTestFinished(() => void job.stop())
  })

  await done

  expect(await seen()).toMatchObject([SYNCED])
})

it('leaves an error to the catch callback of croner, and reports each tick that ran', async () => {
  const caught: unknown[] = []
  const job = new Cron(
    NEVER,
    { catch: (error) => void caught.push((error as Error).message) },
    monitored(monitor, breaks),
  )
  onTestFinished(() => void job.stop())

  await job.trigger()

  expect(await seen()).toMatchObject([FAILED])
  expect(caught).toEqual(['no database'])
})

it('does not see what croner skips because the job is protected', async () => {
  let end: () => void = () => {}
  const job = new Cron(
    NEVER,
    { protect: true },
    monitored(monitor, () => new Promise<void>((resolve) => (end = resolve))),
  )
  onTestFinished(() => void job.stop())

  const first = job.trigger()
  expect(job.isBusy()).toBe(true)
  end()
  await first

  expect(await seen()).toMatchObject([{ status: 'success' }])
})

/** node-schedule makes no job of a date that has passed, and a busy machine is late. */
const LEAD_MS = 1_000

it('watches a job of node-schedule: the fire date arrives, and its events stay', async () => {
  const at = new Date(Date.now() + LEAD_MS)
  const received: unknown[] = []
  const job = schedule.scheduleJob(
    at,
    monitored(monitor, async (fireDate: Date) => {
      received.push(fireDate)
      return { records_processed: 3 }
    }),
  )
  onTestFinished(() => void job.cancel())

  const [result] = (await once(job, 'success')) as [unknown]

  expect(await seen()).toMatchObject([SYNCED])
  expect(received).toEqual([at])
  expect(await result).toEqual({ records_processed: 3 })
})

it('leaves an error to the error event of node-schedule', async () => {
  const job = schedule.scheduleJob(new Date(Date.now() + LEAD_MS), monitored(monitor, breaks))
  onTestFinished(() => void job.cancel())

  const [error] = await new Promise<[Error]>((resolve) =>
    job.once('error', (thrown: Error) => resolve([thrown])),
  )

  expect(await seen()).toMatchObject([FAILED])
  expect(error.message).toBe('no database')
})

it('watches a task of toad-scheduler: its ids arrive', async () => {
  const scheduler = new ToadScheduler()
  onTestFinished(() => scheduler.stop())
  const received = await new Promise<unknown[]>((resolve) => {
    const task = new AsyncTask(
      'sync task',
      monitored(monitor, async (taskId?: string, jobId?: string) => {
        scheduler.stop()
        resolve([taskId, jobId])
        return syncUsers()
      }),
    )
    scheduler.addSimpleIntervalJob(
      new SimpleIntervalJob({ milliseconds: 5, runImmediately: true }, task, { id: 'sync job' }),
    )
  })

  expect(await seen()).toMatchObject([SYNCED])
  expect(received).toEqual(['sync task', 'sync job'])
})

it('leaves an error to the error handler of toad-scheduler', async () => {
  const scheduler = new ToadScheduler()
  onTestFinished(() => scheduler.stop())
  const error = await new Promise<Error>((resolve) => {
    const task = new AsyncTask('sync task', monitored(monitor, breaks), (thrown) => {
      scheduler.stop()
      resolve(thrown)
    })
    scheduler.addSimpleIntervalJob(new SimpleIntervalJob({ milliseconds: 5, runImmediately: true }, task))
  })

  expect(await seen()).toMatchObject([FAILED])
  expect(error.message).toBe('no database')
})

it('tells of overlapping ticks what the service sees: the first run is overlapped', async () => {
  const ends: (() => void)[] = []
  const job = new Cron(
    NEVER,
    monitored(monitor, () => new Promise<void>((resolve) => ends.push(resolve))),
  )
  onTestFinished(() => void job.stop())

  const runs = [job.trigger(), job.trigger()]
  for (const end of ends) end()
  await Promise.all(runs)

  expect((await seen()).map((run) => (run as { status: string }).status)).toEqual(['overlapped', 'success'])
})
