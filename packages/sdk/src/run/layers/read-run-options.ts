import { nearestName } from '@crontify/protocol'
import { isAsyncFunction } from '../../host.ts'
import { kindOf } from '../../kind-of.ts'
import { printable } from '../../redaction/printable.ts'

/** Checks one option: what it must be, or `undefined` for a value that fits. */
type Check = (value: unknown) => string | undefined

/** An option of what carries a job. */
export type RunOption = 'meta' | 'maxDurationMs' | 'onMaxDuration' | 'when' | 'awaitStart' | 'attributes'

const CHECKS: Readonly<Record<RunOption, Check>> = {
  meta: (value) =>
    value === false || (typeof value === 'function' && !isAsyncFunction(value))
      ? undefined
      : 'a synchronous function or false',
  maxDurationMs: (value) =>
    Number.isInteger(value) && (value as number) >= 1 ? undefined : 'an integer of at least 1 (milliseconds)',
  onMaxDuration: (value) => (value === 'warn' || value === 'abort' ? undefined : "'warn' or 'abort'"),
  when: (value) => (typeof value === 'function' ? undefined : 'a function'),
  awaitStart: (value) =>
    typeof value === 'boolean' || (typeof value === 'number' && value >= 0)
      ? undefined
      : 'true, false or a number of milliseconds',
  attributes: (value) => (typeof value === 'object' && value !== null ? undefined : 'an object'),
}

/**
 * The options of `wrap` or `monitored` as they were given, without those that cannot be used: each of these is a warning, and the
 * job runs all the same. Never throws.
 */
export function readRunOptions<Options extends object>(
  caller: 'wrap' | 'monitored',
  given: Options,
  known: readonly RunOption[],
  warn: (message: string) => void,
): Options {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    warn(`The options of ${caller} must be an object, got ${kindOf(given)}. They are ignored.`)
    return {} as Options
  }
  const values: Record<string, unknown> = {}
  for (const name of ownNames(given)) {
    const value = valueOf(given, name)
    if (value === undefined) continue
    const wanted = isKnown(name, known) ? CHECKS[name](value) : unknownText(name, known)
    if (wanted === undefined) values[name] = value
    else if (isKnown(name, known)) {
      warn(`${name} of ${caller} must be ${wanted}, got ${shown(value)}. The option is ignored.`)
    } else warn(`${caller} has no option "${printable(name, 40)}"${wanted}. It is ignored.`)
  }
  return values as Options
}

function isKnown(name: string, known: readonly RunOption[]): name is RunOption {
  return (known as readonly string[]).includes(name)
}

function unknownText(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known) ?? known.find((one) => one.startsWith(name) || name.startsWith(one))
  return meant === undefined ? '' : `; did you mean "${meant}"?`
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

function shown(value: unknown): string {
  if (typeof value === 'function') return 'an async function'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value)
}
