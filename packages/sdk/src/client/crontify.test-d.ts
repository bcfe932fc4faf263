import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { Crontify, defineMonitor, type CrontifyMonitor, type Run } from '../index.ts'
import { createRunTracker, monitored } from '../adapter.ts'

const crontify = new Crontify({ apiKey: 'ck_live_example' })
const userSync = crontify.monitor(
  defineMonitor({
    id: 'user-sync',
    meta: z.object({ records_processed: z.number(), errors_encountered: z.number().optional() }),
  }),
)
const untyped = crontify.monitor('nightly-backup')

test('a definition types the metadata of success', () => {
  void userSync.success({ meta: { records_processed: 3 } })
  void userSync.success({ meta: { records_processed: 3, errors_encountered: 0, duration_ms: 7 } })
  // @ts-expect-error the field is called records_processed
  void userSync.success({ meta: { records_procesed: 3 } })
  // @ts-expect-error a text is not a number
  void userSync.success({ meta: { records_processed: '3' } })
  // @ts-expect-error records_processed is required: without it no rule alerts
  void userSync.success({ meta: { errors_encountered: 0 } })
  // @ts-expect-error so are the metadata
  void userSync.success({})
  // @ts-expect-error and the options
  void userSync.success()
})

test('fail takes what is known so far', () => {
  void userSync.fail({ message: 'x', meta: { errors_encountered: 1 } })
  void userSync.fail(new Error('x'))
  void userSync.fail()
  try {
    void userSync.start()
  } catch (error) {
    void userSync.fail(error)
  }
  // @ts-expect-error the field is called errors_encountered
  void userSync.fail({ meta: { errors: 1 } })
})

test('the run of a defined monitor knows its fields', () => {
  void userSync.wrap((run) => {
    run.meta({ errors_encountered: 1 })
    run.increment('records_processed')
    run.increment('duration_ms', 5)
    // @ts-expect-error the field is called records_processed
    run.increment('records_procesed')
    // @ts-expect-error a wrong key
    run.meta({ records: 1 })
    // @ts-expect-error a text is not a number
    run.meta({ records_processed: '1' })
    void run.each([1], () => {}, { fields: { failed: 'errors_encountered' } })
    // @ts-expect-error a field that the monitor does not have
    void run.each([1], () => {}, { fields: { failed: 'errors' } })
  })
})

test('the metadata made from a result are checked, field by field', () => {
  const job = async () => ({ count: 3 })
  void userSync.wrap(job, { meta: (result) => ({ records_processed: result.count }) })
  void userSync.wrap(job, { meta: () => undefined })
  // @ts-expect-error one field too many, and misspelt
  void userSync.wrap(job, { meta: (result) => ({ records_processed: 1, error: result.count }) })
  // @ts-expect-error a text is not a number
  void userSync.wrap(job, { meta: () => ({ records_processed: '3' }) })
  expectTypeOf(
    userSync.wrap(job, { meta: (result) => ({ records_processed: result.count }) }),
  ).resolves.toEqualTypeOf<{
    count: number
  }>()
})

test('a monitor by its id takes any numbers', () => {
  expectTypeOf(untyped).toEqualTypeOf<CrontifyMonitor>()
  void untyped.success()
  void untyped.success({ meta: { rows: 1 } })
  void untyped.wrap((run) => {
    expectTypeOf(run).toEqualTypeOf<Run>()
    run.increment('anything')
    run.meta({ rows: 1 })
  })
  void untyped.wrap(() => 7, { meta: (rows) => ({ rows }) })
  // @ts-expect-error numbers only
  void untyped.success({ meta: { rows: '1' } })
})

test('the records of each are typed', () => {
  void untyped.wrap(async (run) => {
    const outcome = await run.each(new Set(['ada']), (name, index) => {
      expectTypeOf(name).toEqualTypeOf<string>()
      expectTypeOf(index).toEqualTypeOf<number>()
    })
    expectTypeOf(outcome.processed).toEqualTypeOf<number>()
  })
})

test('a defined monitor fits the adapters', () => {
  createRunTracker(userSync)
  monitored(userSync, async () => ({ records_processed: 1 }))
})

test('heartbeats are typed', () => {
  expectTypeOf(untyped.heartbeat({ everyMs: 60_000 })).toEqualTypeOf<() => void>()
  userSync.heartbeat({ everyMs: 60_000, meta: () => ({ errors_encountered: 0 }) })
  // @ts-expect-error the unit is milliseconds
  untyped.heartbeat({ everySeconds: 60 })
})

test('an id is not given twice', () => {
  // @ts-expect-error each monitor has its own
  new Crontify({ apiKey: 'ck_live_example', monitorId: 'user-sync' })
})
