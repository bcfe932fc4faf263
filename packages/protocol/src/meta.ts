import { MAX_RULE_FIELD_LENGTH } from './limits.ts'

/** Numbers attached to a ping. [D API] */
export type Meta = Readonly<Record<string, number>>

/** What {@link readMeta} made of a value. */
export interface ReadMeta {
  /** The entries that can be sent, in their order. */
  readonly meta: Meta
  /** Names of the entries that were left out, because their value is not a finite number or cannot be read. */
  readonly dropped: readonly string[]
}

const RULE_FIELD = /^[A-Za-z0-9_]+$/
/** Names that mean something else on an object of the receiver. */
const REFUSED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** True for a metadata field that an alert rule can name: 1 to 50 letters, digits and underscores. [D RULES] */
export function isRuleField(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_RULE_FIELD_LENGTH && RULE_FIELD.test(value)
}

/**
 * Keeps the finite numbers of an object and names everything else.
 *
 * A bad value is left out, never turned into a number: for a rule, `0` and "not there" are different facts.
 * Never throws, whatever the value does when it is read.
 */
export function readMeta(value: unknown): ReadMeta {
  const meta: Record<string, number> = {}
  const dropped: string[] = []
  for (const name of ownNames(value)) {
    const entry = REFUSED_NAMES.has(name) ? undefined : readNumber(value as object, name)
    if (entry === undefined) dropped.push(name)
    else meta[name] = entry
  }
  return { meta, dropped }
}

function ownNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  try {
    return Array.isArray(value) ? [] : Object.keys(value)
  } catch {
    // A proxy may refuse to name its keys: then there is nothing to send.
    return []
  }
}

function readNumber(holder: object, name: string): number | undefined {
  try {
    const value: unknown = Reflect.get(holder, name)
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  } catch {
    // A getter of the user's that throws costs its own entry only.
    return undefined
  }
}
