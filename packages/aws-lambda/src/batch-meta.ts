import type { Meta } from '@crontify/sdk/adapter'

/**
 * What a partial batch response of SQS, Kinesis or DynamoDB says in numbers: the records of the event and those that are to be retried.
 * `undefined` for any other result.
 */
export function batchMeta(event: unknown, result: unknown): Meta | undefined {
  const failures = listOf(result, 'batchItemFailures')
  if (failures === undefined) return undefined
  const records = listOf(event, 'Records')
  return { batch_item_failures: failures.length, ...(records && { batch_items: records.length }) }
}

function listOf(object: unknown, name: string): readonly unknown[] | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  const value: unknown = Reflect.get(object, name)
  return Array.isArray(value) ? value : undefined
}
