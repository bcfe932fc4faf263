import { nearestName } from '@crontify/protocol'
import { describeError } from '../text/describe-error.ts'
import { printable } from '../text/printable.ts'
import { kindOf } from '../options/read-field.ts'

/** The arguments of a ping method, read without trust. */
export interface CallOptions {
  readonly values: Readonly<Record<string, unknown>>
  /** What was wrong with them, one sentence each. */
  readonly notes: readonly string[]
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  success: ['meta'],
  fail: ['message', 'log', 'meta'],
}

/**
 * Reads what a caller handed to `success` or `fail`: options, or for `fail` also an error or a text.
 *
 * Never throws: what cannot be used is left out and said, and the ping is sent all the same.
 */
export function readCallOptions(call: string, given: unknown): CallOptions {
  if (given === undefined) return { values: {}, notes: [] }
  if (call === 'fail' && typeof given === 'string') return { values: { message: given }, notes: [] }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { values: {}, notes: [`${call}() takes an object of options; ${kindOf(given)} is ignored`] }
  }
  if (call === 'fail' && looksLikeError(given)) return { values: { ...describeError(given) }, notes: [] }
  const known = KNOWN[call] ?? []
  const values = readNames(given, known)
  return { values, notes: [...unknownNotes(call, given, known), ...typeNotes(call, values)] }
}

/** An error has a stack; options have none. */
function looksLikeError(given: object): boolean {
  try {
    return given instanceof Error || typeof Reflect.get(given, 'stack') === 'string'
  } catch {
    return true
  }
}

function readNames(given: object, names: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name of names) {
    try {
      values[name] = Reflect.get(given, name)
    } catch {
      // A getter that throws costs its own entry.
    }
  }
  return values
}

function unknownNotes(call: string, given: object, known: readonly string[]): string[] {
  try {
    return Object.keys(given)
      .filter((name) => !known.includes(name))
      .map((name) => {
        const meant = nearestName(name, known)
        const hint = meant === undefined ? '' : `; was "${meant}" meant?`
        return `${call}() has no option "${printable(name, 40)}", which is ignored${hint}`
      })
  } catch {
    return []
  }
}

function typeNotes(call: string, values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return []
    const isRight =
      name === 'meta'
        ? typeof value === 'object' && !Array.isArray(value) && value !== null
        : typeof value === 'string'
    const wanted = name === 'meta' ? 'an object of numbers' : 'a text'
    return isRight ? [] : [`${name} of ${call}() is ${wanted}; ${kindOf(value)} is left out`]
  })
}
