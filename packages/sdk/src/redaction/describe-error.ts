import { isNativeError } from '../host.ts'

/** What a fail ping tells of a thrown value. */
export interface ErrorDescription {
  /** One line. Never empty. */
  readonly message: string
  /** Stack, causes and inner errors, where there are any. */
  readonly log: string | undefined
}

const UNREADABLE = '[unreadable error]'
const MAX_CAUSES = 10
const MAX_INNER_ERRORS = 10
const MAX_LISTED_KEYS = 10
const MAX_KEY_LENGTH = 50

/**
 * Describes whatever a job threw.
 *
 * Never throws and never changes the value: getters that throw, proxies, cycles, errors of another realm and
 * values that are no errors all end in some text. Runs no `toString`, `toJSON` or `inspect` of the value.
 */
export function describeError(thrown: unknown): ErrorDescription {
  try {
    if (typeof thrown === 'string') return { message: thrown || 'an empty text was thrown', log: undefined }
    if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
      return { message: `${primitiveText(thrown)} was thrown`, log: undefined }
    }
    if (typeof thrown === 'function') return { message: 'a function was thrown', log: undefined }
    return describeObject(thrown)
  } catch {
    return { message: UNREADABLE, log: undefined }
  }
}

function primitiveText(value: unknown): string {
  switch (typeof value) {
    case 'symbol':
      return 'a symbol'
    case 'bigint':
      return `the bigint ${value}`
    case 'number':
    case 'boolean':
      return `the ${typeof value} ${value}`
    default:
      return value === null ? 'null' : 'undefined'
  }
}

function describeObject(thrown: object): ErrorDescription {
  const message = readText(thrown, 'message')
  const name = readText(thrown, 'name')
  const isError = isErrorLike(thrown)
  if (!isError && message === undefined) {
    const keys = listKeys(thrown)
    if (keys === undefined) return { message: UNREADABLE, log: undefined }
    return {
      message: keys === '' ? 'an object was thrown' : `an object was thrown (with ${keys})`,
      log: undefined,
    }
  }
  const line = message || name || (isError ? 'an error without a message' : 'an object was thrown')
  return { message: line, log: isError ? errorLog(thrown) : undefined }
}

/** The stack of the error, then of its causes, then of the errors it gathers. */
function errorLog(error: object): string {
  const parts: string[] = []
  const seen = new Set<unknown>()
  let current: unknown = error
  for (let depth = 0; isErrorLike(current); depth++) {
    if (seen.has(current)) {
      parts.push('Caused by an error that is already shown above (a cycle)')
      break
    }
    if (depth > MAX_CAUSES) {
      parts.push(`… more than ${MAX_CAUSES} causes`)
      break
    }
    seen.add(current)
    parts.push((depth === 0 ? '' : 'Caused by: ') + stackText(current), ...innerErrors(current, seen))
    current = read(current, 'cause')
  }
  return parts.join('\n')
}

function innerErrors(error: object, seen: ReadonlySet<unknown>): string[] {
  const errors = read(error, 'errors')
  const count = lengthOfArray(errors)
  if (count === 0) return []
  const shown: string[] = []
  for (let index = 0; index < Math.min(count, MAX_INNER_ERRORS); index++) {
    const inner = read(errors as object, String(index))
    const text = seen.has(inner) ? 'an error that is already shown above (a cycle)' : shortText(inner)
    shown.push(`Contains (${index + 1} of ${count}): ${text}`)
  }
  return count > MAX_INNER_ERRORS ? [...shown, `… and ${count - MAX_INNER_ERRORS} more`] : shown
}

function shortText(value: unknown): string {
  return isErrorLike(value) ? stackText(value) : describeError(value).message
}

function stackText(error: object): string {
  const name = readText(error, 'name') || 'Error'
  const message = readText(error, 'message')
  const headline = message ? `${name}: ${message}` : name
  const stack = readText(error, 'stack')
  if (!stack) return message === undefined && readText(error, 'name') === undefined ? UNREADABLE : headline
  // A message that was set after the error was made is missing from the stack, and it is the one that counts.
  return message && !stack.includes(message) ? `${headline}\n${stack}` : stack
}

function isErrorLike(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (isNativeError(value)) return true
  try {
    return value instanceof Error
  } catch {
    // A revoked proxy, or a prototype that throws when it is asked for.
    return false
  }
}

function listKeys(value: object): string | undefined {
  try {
    const keys = Object.keys(value)
    const listed = keys.slice(0, MAX_LISTED_KEYS).map((key) => (key.length > MAX_KEY_LENGTH ? '…' : key))
    return listed.join(', ') + (keys.length > MAX_LISTED_KEYS ? ', …' : '')
  } catch {
    return undefined
  }
}

function lengthOfArray(value: unknown): number {
  try {
    return Array.isArray(value) ? value.length : 0
  } catch {
    return 0
  }
}

/** Uncut: what is long is cut when it has been redacted. */
function readText(holder: object, name: string): string | undefined {
  const value = read(holder, name)
  return typeof value === 'string' ? value : undefined
}

function read(holder: object, name: string): unknown {
  try {
    return Reflect.get(holder, name) as unknown
  } catch {
    return undefined
  }
}
