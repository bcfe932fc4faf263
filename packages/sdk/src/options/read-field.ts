import type { ConfigErrorCode } from '../errors.ts'
import { kindOf } from '../kind-of.ts'
import { printable } from '../redaction/printable.ts'

/** What one field's reader answers. */
export type ReadField<Value> =
  | { readonly value: Value; readonly notes?: readonly string[] }
  | { readonly problem: string; readonly code: ConfigErrorCode }

/** Reads a span in milliseconds. */
export function readMs(
  name: string,
  value: unknown,
  range: { readonly least: number; readonly most: number; readonly byDefault: number },
): ReadField<number> {
  if (value === undefined) return { value: range.byDefault }
  const accepted = `it is a whole number of milliseconds from ${range.least} to ${range.most}`
  if (typeof value !== 'number')
    return { problem: `${name} is ${kindOf(value)}; ${accepted}`, code: 'ERR_OPTION_TYPE' }
  if (Number.isInteger(value) && value >= range.least && value <= range.most) return { value }
  const seconds = value > 0 && value < range.least ? ` (were seconds meant? then ${value * 1000})` : ''
  return { problem: `${name} is ${value}; ${accepted}${seconds}`, code: 'ERR_OPTION_RANGE' }
}

/** Reads true or false, and refuses the texts that look like them. */
export function readBoolean(name: string, value: unknown, byDefault: boolean): ReadField<boolean> {
  if (value === undefined) return { value: byDefault }
  if (typeof value === 'boolean') return { value }
  const text = typeof value === 'string' ? `the text "${printable(value, 40)}"` : kindOf(value)
  return { problem: `${name} is ${text}; it is true or false, not a text`, code: 'ERR_OPTION_TYPE' }
}
