import { expectTypeOf, test } from 'vitest'
import {
  type CrontifyApiError,
  CrontifyMonitor,
  type DeliveryEvent,
  type PingResponse,
  type PingStats,
} from '../index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })

test('the ping methods resolve with a receipt or null', () => {
  expectTypeOf(monitor.start()).resolves.toEqualTypeOf<PingResponse | null>()
  expectTypeOf(monitor.success({ meta: { rows: 1 } })).resolves.toEqualTypeOf<PingResponse | null>()
  expectTypeOf(
    monitor.fail({ message: 'x', log: 'y', meta: { rows: 1 } }),
  ).resolves.toEqualTypeOf<PingResponse | null>()
})

test('wrap resolves with what the job returns or resolves with', () => {
  expectTypeOf(monitor.wrap(async () => ({ count: 1 }))).resolves.toEqualTypeOf<{ count: number }>()
  expectTypeOf(monitor.wrap(() => 'done')).resolves.toEqualTypeOf<string>()
  expectTypeOf(monitor.wrap(async () => {})).resolves.toEqualTypeOf<void>()
})

test('the meta function of wrap gets the result', () => {
  void monitor.wrap(async () => ({ count: 1 }), {
    meta: (result) => {
      expectTypeOf(result).toEqualTypeOf<{ count: number }>()
      return { records_processed: result.count }
    },
  })
})

test('the variables of an environment fit as they are', () => {
  const env: Record<string, string | undefined> = {}
  new CrontifyMonitor({ apiKey: env['CRONTIFY_API_KEY'], monitorId: 'm', baseUrl: env['CRONTIFY_BASE_URL'] })
})

test('what is caught fits fail, once it is an Error', () => {
  const caught: unknown = new Error('x')
  if (caught instanceof Error) void monitor.fail(caught)
  void monitor.fail('disk is full')
})

test('counts and events are typed', () => {
  expectTypeOf(monitor.stats()).toEqualTypeOf<PingStats>()
  expectTypeOf<Extract<DeliveryEvent, { type: 'delivered' }>['attempts']>().toEqualTypeOf<number>()
  expectTypeOf<CrontifyApiError['statusCode']>().toEqualTypeOf<number>()
})

test('metadata are numbers', () => {
  // @ts-expect-error a text is not a number
  void monitor.success({ meta: { rows: '5' } })
  // @ts-expect-error the result of the meta function is sent, so it is numbers too
  void monitor.wrap(() => 'done', { meta: (result) => ({ rows: result }) })
})

test('mistakes in options do not compile', () => {
  // @ts-expect-error the monitor is required
  new CrontifyMonitor({ apiKey: 'ck_live_example' })
  // @ts-expect-error the option is called monitorId
  new CrontifyMonitor({ monitorID: 'm' })
  // @ts-expect-error the option is called meta
  void monitor.success({ metadata: { rows: 1 } })
  // @ts-expect-error a job is a function, not its promise
  void monitor.wrap(Promise.resolve(1))
})
