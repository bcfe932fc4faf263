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

/** Matches controls, formats, blanks other than a space, fillers and variation selectors. V8 needs 1 ms to compile it. */
let invisible: RegExp | undefined

function quoted(text: string): string {
  invisible ??= /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/gu
  return JSON.stringify(text).replaceAll(
    invisible,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
