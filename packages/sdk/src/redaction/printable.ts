// Control characters, the escapes of terminals, and the separators and direction marks that fake a line.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * One line of text that is safe to print: foreign text cannot start a new line, colour the terminal or turn the
 * reading direction. Cut to `limit` characters.
 */
export function printable(text: string, limit: number): string {
  const head = text.length > limit ? `${text.slice(0, limit)}…` : text
  return head
    .toWellFormed()
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
