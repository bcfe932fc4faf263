import { CrontifyMonitor } from '@crontify/sdk'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type PgBoss10 from 'pg-boss-10'
import { expectTypeOf, test } from 'vitest'
import { monitorWork } from './index.ts'

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
