import { nearestName } from '@crontify/protocol'
import { emitWarning, isAsyncFunction } from '../../host.ts'
import { kindOf } from '../../kind-of.ts'
import { printable } from '../../redaction/printable.ts'

/** Checks one option: what it must be, or `undefined` for a value that fits. */
type Check = (value: unknown) => string | undefined

/** What options must be that several functions have. */
const CHECKS: Readonly<Record<string, Check>> = {
  meta: (value) =>
    value === false || (typeof value === 'function' && !isAsyncFunction(value))
      ? undefined
      : 'a synchronous function or false',
  maxDurationMs: (value) =>
    Number.isInteger(value) && (value as number) >= 1 ? undefined : 'an integer of at least 1 (milliseconds)',
  when: (value) => (typeof value === 'function' ? undefined : 'a function'),
  awaitStart: (value) =>
    typeof value === 'boolean' || (typeof value === 'number' && value >= 0)
      ? undefined
      : 'true, false or a number of milliseconds',
  attributes: (value) => (typeof value === 'object' && value !== null ? undefined : 'an object'),
}

/**
 * The options that were given, without those that cannot be used: each of these is a warning. Never throws.
 *
 * @param known  The names of all options, with the values of those that take one of a few.
 */
export function readRunOptions<Options extends object>(
  caller: string,
  given: Options,
  known: { readonly [Name in keyof Options]-?: readonly Options[Name][] },
  warn: (message: string) => void = emitWarning,
): Options {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    warn(`The options of ${caller} must be an object, got ${kindOf(given)}. They are ignored.`)
    return {} as Options
  }
  const values: Record<string, unknown> = {}
  for (const name of ownNames(given)) {
    const value = valueOf(given, name)
    if (value === undefined) continue
    const isKnown = Object.hasOwn(known, name)
    const wanted = isKnown
      ? wantedOf(name, known[name as keyof Options], value)
      : unknownText(name, Object.keys(known))
    if (wanted === undefined) values[name] = value
    else if (isKnown)
      warn(`${name} of ${caller} must be ${wanted}, got ${shown(value)}. The option is ignored.`)
    else warn(`${caller} has no option "${printable(name, 40)}". It is ignored.${wanted}`)
  }
  return values as Options
}

function wantedOf(name: string, accepted: readonly unknown[], value: unknown): string | undefined {
  if (accepted.length === 0) return CHECKS[name]?.(value)
  return accepted.includes(value) ? undefined : accepted.map(shown).join(' or ')
}

function unknownText(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known) ?? known.find((one) => one.startsWith(name) || name.startsWith(one))
  return meant === undefined ? '' : ` Did you mean "${meant}"?`
}

function ownNames(given: object): string[] {
  try {
    return Object.keys(given)
  } catch {
    return []
  }
}

function valueOf(given: object, name: string): unknown {
  try {
    return Reflect.get(given, name)
  } catch {
    return undefined
  }
}

/** A long text may be a secret in the wrong place. */
function shown(value: unknown): string {
  if (isAsyncFunction(value)) return 'an async function'
  if (typeof value === 'string' && value.length < 16) return `'${printable(value, 16)}'`
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value)
}
