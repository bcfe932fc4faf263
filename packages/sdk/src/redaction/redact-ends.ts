import { isInPrivateKey } from './private-keys.ts'

/** Most characters of a text that are kept: six times what a log may have on the wire. [D LOG] */
export const WINDOW_LENGTH: number = 64 * 1024
/** What the beginning of a longer text gets of them: alerts show the beginning. [D CHAN] */
const HEAD_LENGTH: number = 40 * 1024
/** Characters beyond each cut that are redacted too, and then dropped. No secret but a private key is longer. */
const OVERLAP = 8 * 1024
/** Tells the redactor that what follows is the rest of a key. */
const KEY_BEGINS = '-----BEGIN PRIVATE KEY-----'

/**
 * A text without its secrets; of one longer than {@link WINDOW_LENGTH}, its beginning and its end.
 *
 * No cut goes through text that is not redacted yet: half a secret lacks what it is known by.
 *
 * @param redact  Gets at most 48 KiB of a longer text at once.
 */
export function redactEnds(text: string, redact: (text: string) => string): string {
  if (text.length <= WINDOW_LENGTH) return redact(text)
  const tailAt = text.length - (WINDOW_LENGTH - HEAD_LENGTH)
  const from = tailAt - OVERLAP
  const key = isInPrivateKey(text, from) ? KEY_BEGINS : ''
  const head = redact(text.slice(0, HEAD_LENGTH + OVERLAP)).slice(0, -OVERLAP)
  const tail = redact(key + text.slice(from)).slice(OVERLAP)
  return `${head}\n… ${tailAt - HEAD_LENGTH} characters left out …\n${tail}`
}
