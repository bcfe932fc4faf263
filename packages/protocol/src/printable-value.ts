import { cutText } from './cut-text.ts'

/** As much as an error message shows of a value. */
const MAX_SHOWN_LENGTH = 60

/** A value for an error message: on one line, short, and without any letter that could move a cursor. Never throws. */
export function printableValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length <= MAX_SHOWN_LENGTH ? quoted(value) : `${quoted(cutText(value, MAX_SHOWN_LENGTH))}…`
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'bigint':
      return 'a bigint'
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object'
    default:
      return `a ${typeof value}`
  }
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
