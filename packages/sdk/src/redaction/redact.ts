import { SECRET_PATTERNS } from './secret-patterns.ts'

/** What stands where a secret stood. */
export const REDACTED = '[redacted]'
/** Most characters of a text that are looked at, and kept: six times what a log may have on the wire. [D LOG] */
export const MAX_REDACTED_LENGTH: number = 64 * 1024
/** Most characters given up so that a cut does not leave half a word, which may be half a secret. */
const LONGEST_CUT_WORD = 4_096

/**
 * Takes secrets out of a text: private keys, credentials in URLs, authorization and cookie headers, values named
 * like a password, and tokens known by their form. The names stay, so that one sees what was there.
 *
 * A guess that errs both ways: a password without a name beside it passes, a harmless value named `token` goes.
 * Card numbers and addresses are not looked for.
 *
 * Only the first 64 KiB are kept. Takes time in proportion to the length, whatever the text. Never throws.
 */
export function redact(text: string): string {
  let redacted = cutToWindow(text)
  for (const { pattern } of SECRET_PATTERNS) {
    redacted = redacted.replace(pattern, (_secret: string, kept?: unknown) =>
      // Without a group the second argument is the position.
      typeof kept === 'string' ? kept + REDACTED : REDACTED,
    )
  }
  return redacted
}

/** The beginning of a text, up to 64 KiB, without a last word that the cut goes through. */
export function cutToWindow(text: string): string {
  if (text.length <= MAX_REDACTED_LENGTH) return text
  const head = text.slice(0, MAX_REDACTED_LENGTH)
  const lastSpace = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'), head.lastIndexOf('\t'))
  return head.slice(0, Math.max(lastSpace + 1, MAX_REDACTED_LENGTH - LONGEST_CUT_WORD))
}
