import { cutText } from './cut-text.ts'

/** As much as an error message shows of a value. */
const MAX_SHOWN_LENGTH = 60

/** Shows a value in an error message: on one line, short, with invisible characters escaped. Never throws. */
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

/** Controls, formats, blanks other than a space, fillers and variation selectors. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/gu

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    INVISIBLE,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
