import { redactEnds } from './redact-ends.ts'
import { redactPrivateKeys } from './private-keys.ts'
import { REDACTED } from './redacted.ts'
import { SECRET_PATTERNS } from './secret-patterns.ts'

/**
 * A text without its secrets: private keys, credentials in URLs and on command lines, authorization and cookie headers,
 * values named like a password, and tokens known by their form. The names stay, so that one sees what was there.
 *
 * A guess that errs both ways: a password without a name beside it stays, a harmless value named `token` goes. Card
 * numbers and addresses are not looked for.
 *
 * Of a text longer than 64 KiB the beginning and the end are kept. Takes time in proportion to the length, whatever the text.
 * Never throws.
 */
export function redact(text: string): string {
  return redactEnds(text, redactWhole)
}

function redactWhole(text: string): string {
  let redacted = redactPrivateKeys(text)
  for (const { pattern } of SECRET_PATTERNS) {
    redacted = redacted.replace(pattern, (_secret: string, kept?: unknown) =>
      // Without a group the second argument is the position.
      typeof kept === 'string' ? kept + REDACTED : REDACTED,
    )
  }
  return redacted
}
