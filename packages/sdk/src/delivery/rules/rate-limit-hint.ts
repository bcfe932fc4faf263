import { httpDateMs, MAX_RETRY_AFTER_MS, MIN_RETRY_AFTER_MS } from './retry-after.ts'

/** Above this a reset is an instant in seconds since 1970, below it a number of seconds from now. */
const FIRST_INSTANT_S = 1_000_000_000

/**
 * Milliseconds for which the answer says that the key may send nothing more, from 1,000 to 120,000; 0 if it does not.
 *
 * Read are `X-RateLimit-Remaining` with `X-RateLimit-Reset`, the same without `X-`, and the field of the draft
 * `draft-ietf-httpapi-ratelimit-headers`, in its older form (`limit=120, remaining=0, reset=30`) and its newer one
 * (`"default";r=0;t=30`). Whether the service sends any of them is unknown [?]; one that says nothing usable is ignored.
 *
 * Never throws.
 */
export function exhaustedForMs(headers: Readonly<Record<string, string>>, nowWallMs: number): number {
  const [remaining, reset] = combined(headers['ratelimit']) ?? separate(headers)
  if (remaining !== 0 || reset === undefined) return 0
  const now = httpDateMs(headers['date']) ?? nowWallMs
  const waitMs = reset >= FIRST_INSTANT_S ? reset * 1_000 - now : reset * 1_000
  return Math.min(Math.max(waitMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS)
}

type Hint = readonly [remaining: number | undefined, reset: number | undefined]

function combined(header: string | undefined): Hint | undefined {
  if (header === undefined) return undefined
  const of = (name: RegExp): number | undefined => wholeNumber(name.exec(header)?.[1])
  return [
    of(/(?:^|[;,\s])(?:remaining|r)=(\d{1,10})(?=[;,\s]|$)/),
    of(/(?:^|[;,\s])(?:reset|t)=(\d{1,10})(?=[;,\s]|$)/),
  ]
}

function separate(headers: Readonly<Record<string, string>>): Hint {
  const of = (name: string): number | undefined =>
    wholeNumber(headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`])
  return [of('remaining'), of('reset')]
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined
}
