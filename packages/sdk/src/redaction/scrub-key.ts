import { lazily } from '../lazily.ts'

/** What stands where a key stood. */
const MASK = '[api key]'
/** A shorter "key" would also be found in innocent words. */
const MIN_KEY_LENGTH = 8

/** Takes every copy of the API key out of a text. */
export type ScrubKey = (text: string) => string

/**
 * Makes the function that takes one key out of texts: as it is, percent-encoded, in base64 (also as the password
 * of a basic authorization) and as a JSON string.
 */
export function createScrubKey(apiKey: string): ScrubKey {
  if (apiKey.length < MIN_KEY_LENGTH) return (text) => text
  // Most clients of a short process scrub nothing.
  const forms = lazily(() => formsOf(apiKey))
  return (text) => {
    let scrubbed = text
    for (const form of forms()) scrubbed = scrubbed.replaceAll(form, MASK)
    return scrubbed
  }
}

function formsOf(apiKey: string): ReadonlySet<string> {
  return new Set([
    apiKey,
    encodeURIComponent(apiKey),
    JSON.stringify(apiKey).slice(1, -1),
    base64(apiKey),
    base64(`${apiKey}:`),
    base64(`:${apiKey}`),
  ])
}

/** Without padding, so that it is also found where more was appended before encoding. */
function base64(text: string): string {
  // Edge runtimes have no `Buffer`, and a `vm` context may have nothing else.
  const encoded =
    typeof Buffer === 'undefined'
      ? btoa(String.fromCharCode(...new TextEncoder().encode(text)))
      : Buffer.from(text).toString('base64')
  return encoded.replace(/=+$/, '')
}
