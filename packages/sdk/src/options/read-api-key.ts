import { kindOf } from '../kind-of.ts'
import { type ReadField } from './read-field.ts'

const ACCEPTED = 'it is 8 to 256 printable characters without spaces, as shown once when the key was made'
const MIN_LENGTH = 8
const MAX_LENGTH = 256
/** What a missing variable turns into on its way through templates and shells. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'undefined',
  'null',
  'ck_live_...',
  'ck_live_…',
  'your-api-key',
])

/** Checks an API key. No message ever holds the key or a part of it. */
export function readApiKey(value: unknown): ReadField<string> {
  if (value === undefined || value === null || value === '') {
    return {
      problem: 'apiKey is missing; pass it, or set the environment variable CRONTIFY_API_KEY',
      code: 'ERR_API_KEY_MISSING',
    }
  }
  if (typeof value !== 'string') return malformed(`apiKey is ${kindOf(value)}`)
  const key = value.replace(/^[\s\ufeff]+|[\s\ufeff]+$/g, '')
  const problem = keyProblem(key)
  if (problem !== undefined) return malformed(problem)
  if (key === value) return { value: key }
  return { value: key, notes: ['The apiKey had spaces or line ends around it, which were removed'] }
}

function keyProblem(key: string): string | undefined {
  if (PLACEHOLDERS.has(key)) return 'apiKey is a placeholder, not a key'
  if (/^bearer\s/i.test(key)) return 'apiKey begins with "Bearer", which does not belong to it'
  if (/^https?:\/\//i.test(key)) return 'apiKey is a URL'
  if (/^(["']).*\1$/s.test(key)) return 'apiKey has quotation marks around it'
  const at = key.search(/[^\x21-\x7e]/)
  if (at >= 0)
    return `apiKey has a character that is not allowed in a header at position ${at + 1} of ${key.length}`
  if (key.length < MIN_LENGTH || key.length > MAX_LENGTH) return `apiKey has ${key.length} characters`
  return undefined
}

function malformed(problem: string): ReadField<never> {
  return { problem: `${problem}; ${ACCEPTED}`, code: 'ERR_API_KEY_FORMAT' }
}
