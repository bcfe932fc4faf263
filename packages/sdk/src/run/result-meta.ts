import type { MonitorDefinition } from '@crontify/protocol'
import { knowsField } from '../definition/definition-schema.ts'
import { describeError } from '../redaction/describe-error.ts'
import { isPromise } from '../host.ts'
import { numbersOf } from './numbers-of.ts'

/** The option `meta` of whatever carries a job. */
export type MetaOption<Result> = false | ((result: Result) => object | undefined) | undefined

/**
 * What a job's result adds to the metadata of its success.
 *
 * @param meta  A function that makes them; `false` for none. Left out: the finite numbers of a plain object, and of a monitor
 *   whose definition has a schema only those of its fields.
 * @param warn  Says what is wrong with the function; its metadata are then left out. Never throws.
 */
export function metaOfResult<Result>(
  result: Result,
  meta: MetaOption<Result>,
  definition: MonitorDefinition | undefined,
  warn: (message: string) => void,
): object | undefined {
  if (meta === false) return undefined
  if (typeof meta !== 'function') return knownNumbers(result, definition)
  try {
    const made: unknown = meta(result)
    if (!isPromise(made)) return typeof made === 'object' && made !== null ? made : undefined
    made.catch(() => {})
    warn('meta must be a synchronous function, got one that returns a promise. Its metadata are left out.')
  } catch (error) {
    warn(`The meta function threw: ${describeError(error).message}. Its metadata are left out.`)
  }
  return undefined
}

function knownNumbers(result: unknown, definition: MonitorDefinition | undefined): object | undefined {
  const numbers = numbersOf(result)
  if (numbers === undefined || definition === undefined) return numbers
  return Object.fromEntries(Object.entries(numbers).filter(([field]) => knowsField(definition, field)))
}
