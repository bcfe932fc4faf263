import { nearestName } from '@crontify/protocol'
import { describeError } from '../../redaction/describe-error.ts'
import { printable } from '../../redaction/printable.ts'
import { kindOf } from '../../kind-of.ts'

/** The arguments of a ping method, read without trust. */
export interface CallOptions {
  readonly values: Readonly<Record<string, unknown>>
  /** True where the message and the log are those of an error. */
  readonly isError: boolean
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
  if (given === undefined) return { values: {}, isError: false, notes: [] }
  if (call === 'fail' && typeof given === 'string')
    return { values: { message: given }, isError: false, notes: [] }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const note = `${call}() takes an object of options; ${kindOf(given)} is ignored`
    return { values: {}, isError: false, notes: [note] }
  }
  if (call === 'fail' && looksLikeError(given)) {
    return { values: { ...describeError(given) }, isError: true, notes: [] }
  }
  const known = KNOWN[call] ?? []
  const names = readNames(given, known)
  const values = 'log' in names ? { ...names, log: asText(names['log']) } : names
  return { values, isError: false, notes: [...unknownNotes(call, given, known), ...typeNotes(call, values)] }
}

/** Most bytes that are decoded of a log; more is neither copied nor sent. */
const MAX_LOG_BYTES = 128 * 1024

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

/** Bytes of a command's output, as a text; a broken character becomes U+FFFD. */
function asText(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (bytes.length <= MAX_LOG_BYTES) return bytes.toString('utf8')
  const half = MAX_LOG_BYTES / 2
  return `${bytes.toString('utf8', 0, half)}\n… ${bytes.length - MAX_LOG_BYTES} bytes left out …\n${bytes.toString('utf8', bytes.length - half)}`
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
