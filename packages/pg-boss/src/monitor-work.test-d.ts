import { CrontifyMonitor } from '@crontify/sdk'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type PgBoss10 from 'pg-boss-10'
import { expectTypeOf, test } from 'vitest'
import { monitorWork, scheduleOf } from './index.ts'

interface Report {
  readonly month: string
}

declare const boss: PgBoss
declare const boss10: PgBoss10
const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('the jobs have the types of pg-boss 10', () => {
  void boss10.work<Report>(
    'reports',
    { includeMetadata: true },
    monitorWork(monitor, async ([job]) => {
      expectTypeOf(job).toEqualTypeOf<PgBoss10.JobWithMetadata<Report> | undefined>()
      return { rows: job?.data.month.length ?? 0 }
    }),
  )
})

test('the jobs have the types of pg-boss 12', () => {
  const work = monitorWork(monitor, async ([job]: JobWithMetadata<Report>[]) => ({
    rows: job?.data.month.length ?? 0,
  }))
  void boss.work('reports', { includeMetadata: true }, work)
})

test('a handler in its place has the jobs of pg-boss 12', () => {
  void boss.work(
    'reports',
    { includeMetadata: true },
    monitorWork(monitor, async ([job]) => ({ rows: job?.retryCount ?? 0 })),
  )
})

test('the program of the README compiles with pg-boss 10, whose queues have their name among the options', async () => {
  await boss10.createQueue('nightly-report', { name: 'nightly-report', retryLimit: 2 })
  // @ts-expect-error pg-boss 10 wants the name; pg-boss 12 takes it from the first parameter
  await boss10.createQueue('nightly-report', { retryLimit: 2 })
  await boss10.schedule('nightly-report', '0 2 * * *', {}, { tz: 'Europe/Berlin' })
  const writeReport = monitorWork(monitor, async ([job]) => ({ rows: 120, attempt: job?.retryCount ?? 0 }))
  await boss10.work('nightly-report', { includeMetadata: true }, writeReport)
  await boss10.work<Report>('nightly-report', { includeMetadata: true, batchSize: 5 }, writeReport)
  await boss10.stop({ timeout: 25_000 })
  const [schedule] = await boss10.getSchedules()
  expectTypeOf(scheduleOf(schedule).schedule).toEqualTypeOf<string>()
})

test('the program of the README compiles with pg-boss 12', async () => {
  await boss.createQueue('nightly-report', { retryLimit: 2 })
  await boss.schedule('nightly-report', '0 2 * * *', {}, { tz: 'Europe/Berlin' })
  const writeReport = monitorWork(monitor, async ([job]) => ({ rows: 120, attempt: job?.retryCount ?? 0 }))
  await boss.work('nightly-report', { includeMetadata: true }, writeReport)
  await boss.stop({ timeout: 25_000 })
  const [schedule] = await boss.getSchedules()
  expectTypeOf(scheduleOf(schedule).schedule).toEqualTypeOf<string>()
})

test('a handler with the types of pg-boss 10 is taken', () => {
  const handler: PgBoss10.WorkWithMetadataHandler<Report> = async (jobs) => ({ rows: jobs.length })
  void boss10.work<Report>('reports', { includeMetadata: true }, monitorWork(monitor, handler))
})

test('work without metadata does not compile', () => {
  const work = monitorWork(monitor, async () => ({ rows: 1 }))
  // @ts-expect-error the jobs have no retryLimit
  void boss10.work('reports', work)
  // @ts-expect-error the jobs have no retryLimit
  void boss.work('reports', { batchSize: 5 }, work)
})

test('meta gets the result', () => {
  monitorWork(monitor, async () => ['a', 'b'], {
    meta: (files) => {
      expectTypeOf(files).toEqualTypeOf<string[]>()
      return { files: files.length }
    },
  })
  monitorWork(monitor, async () => {}, { meta: false })
  // @ts-expect-error metadata are numbers by their names
  monitorWork(monitor, async () => {}, { meta: () => 'two' })
})
