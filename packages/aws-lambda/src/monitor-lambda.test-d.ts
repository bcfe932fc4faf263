import { CrontifyMonitor } from '@crontify/sdk'
import type { Context, SQSBatchResponse, SQSEvent, SQSHandler } from 'aws-lambda'
import { expectTypeOf, it } from 'vitest'
import { monitorLambda } from './index.ts'

const monitor = new CrontifyMonitor({ monitorId: 'job' })

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
})

it('takes numbers only as metadata', () => {
  monitorLambda(monitor, async () => 'rows', { meta: (result) => ({ length: result.length }) })
  // @ts-expect-error -- a text is no metadata
  monitorLambda(monitor, async () => 'rows', { meta: (result) => ({ result }) })
})
