import { CrontifyMonitor } from '@crontify/sdk'
import type {
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Callback,
  Context,
  Handler,
  ScheduledHandler,
  SQSBatchResponse,
  SQSEvent,
  SQSHandler,
} from 'aws-lambda'
import { expectTypeOf, it } from 'vitest'
import { monitorLambda } from './index.ts'

const monitor = new CrontifyMonitor({ monitorId: 'job' })

interface Day {
  readonly day: string
}

it('keeps the types of a handler', () => {
  const handler = monitorLambda(monitor, async (event: SQSEvent, context: Context) => {
    return [event.Records.length, context.awsRequestId] as const
  })
  expectTypeOf(handler).parameters.toEqualTypeOf<[SQSEvent, Context]>()
  expectTypeOf(handler).returns.resolves.toEqualTypeOf<readonly [number, string]>()
})

it('takes the types of @types/aws-lambda, and a handler without parameters', () => {
  const typed: SQSHandler = async () => ({ batchItemFailures: [] })
  expectTypeOf(monitorLambda(monitor, typed)).parameter(0).toEqualTypeOf<SQSEvent>()
  expectTypeOf(monitorLambda(monitor, typed)).returns.resolves.toEqualTypeOf<SQSBatchResponse | void>()
  expectTypeOf(monitorLambda(monitor, async () => 3)).returns.resolves.toEqualTypeOf<number>()
  expectTypeOf(monitorLambda(monitor, () => 3)).returns.resolves.toEqualTypeOf<number>()
  expectTypeOf(monitorLambda(monitor, async () => {})).returns.resolves.toEqualTypeOf<void>()
})

it('gives a handler that fits the types of @types/aws-lambda', () => {
  const own: Handler<Day, number> = async ({ day }) => day.length
  const queue: SQSHandler = async () => {}
  const gateway: APIGatewayProxyHandler = async ({ path }) => ({ statusCode: 200, body: path })
  const gateway2: APIGatewayProxyHandlerV2 = async ({ rawPath }) => rawPath
  const day: ScheduledHandler = async () => {}

  expectTypeOf(monitorLambda(monitor, own)).toExtend<Handler<Day, number>>()
  expectTypeOf(monitorLambda(monitor, queue)).toExtend<SQSHandler>()
  expectTypeOf(monitorLambda(monitor, gateway)).toExtend<APIGatewayProxyHandler>()
  expectTypeOf(monitorLambda(monitor, gateway2)).toExtend<APIGatewayProxyHandlerV2>()
  expectTypeOf(monitorLambda(monitor, day)).toExtend<ScheduledHandler>()
  expectTypeOf(monitorLambda(monitor, own)).not.toExtend<Handler<Day, string>>()
})

it('gives a handler in its place the types of the variable', () => {
  const queue: SQSHandler = monitorLambda(monitor, async (event, context) => {
    expectTypeOf(event).toEqualTypeOf<SQSEvent>()
    expectTypeOf(context).toEqualTypeOf<Context>()
    return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  })
  const gateway: APIGatewayProxyHandler = monitorLambda(monitor, async ({ path }) => {
    expectTypeOf(path).toEqualTypeOf<string>()
    return { statusCode: 200, body: path }
  })
  const own: Handler<Day, number> = monitorLambda(monitor, async ({ day }) => day.length, {
    meta: (rows) => ({ rows }),
  })
  // @ts-expect-error the result is a number
  const wrong: Handler<Day, number> = monitorLambda(monitor, async ({ day }) => day)
  expectTypeOf([queue, gateway, own, wrong]).toBeArray()
})

it('takes a handler that calls back', () => {
  const typed = monitorLambda(monitor, (event: Day, _context: Context, callback: Callback<number>) => {
    callback(null, event.day.length)
  })
  expectTypeOf(typed).parameters.toEqualTypeOf<[Day, Context]>()
  expectTypeOf(typed).returns.resolves.toEqualTypeOf<number>()
  const inPlace: Handler<Day, number> = monitorLambda(monitor, (event, _context, callback) => {
    expectTypeOf(event).toEqualTypeOf<Day>()
    callback(null, event.day.length)
    // @ts-expect-error the result is a number
    callback(null, event.day)
  })
  expectTypeOf(inPlace).toExtend<Handler<Day, number>>()
})

it('takes numbers only as metadata', () => {
  monitorLambda(monitor, async () => 'rows', { meta: (result) => ({ length: result.length }) })
  // @ts-expect-error -- a text is no metadata
  monitorLambda(monitor, async () => 'rows', { meta: (result) => ({ result }) })
})
