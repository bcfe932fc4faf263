import { API_KEY_HEADER, type PingKind } from '@crontify/protocol'
import type { MonitorRegistry } from '../monitor-registry.ts'
import { acceptance } from './api-answers.ts'
import type { KeyCheck } from './api-keys.ts'
import { readPing } from './ping-request.ts'
import type { RateLimit } from './rate-limit.ts'
import { MAX_BODY_BYTES, readBody } from './read-body.ts'
import { type Verdict, refused } from './verdict.ts'

/** A request to one of the paths, with what its path says. */
export interface ApiRequest {
  readonly raw: Request
  readonly method: string
  header(name: string): string | undefined
}

/** What judging needs behind it. */
export interface JudgeDependencies {
  readonly registry: Pick<MonitorRegistry, 'has' | 'ping'>
  readonly keyOf: KeyCheck
  readonly rateLimit: Pick<RateLimit, 'take'>
  /** The log of a run; `undefined` where there is none. */
  readonly log: (monitorId: string, runId: string) => string | undefined
}

/** Takes a ping, or says why not. */
export async function judgePing(
  request: ApiRequest,
  { monitorId, kind }: { readonly monitorId: string; readonly kind: PingKind },
  { registry, keyOf, rateLimit }: JudgeDependencies,
): Promise<Verdict> {
  if (request.method !== 'POST') return wrongMethod('POST')
  const key = keyOf(request.header(API_KEY_HEADER))
  if (key === undefined) return wrongKey()
  if (!registry.has(monitorId)) return unknownMonitor()
  const waitMs = rateLimit.take(key)
  if (waitMs !== undefined) return tooMany(waitMs)
  const text = await readBody(request.raw)
  if (text === undefined) {
    // The rest of the body is still on its way: nothing else can use this connection.
    const message = `The body is larger than ${MAX_BODY_BYTES} bytes: cut the log first`
    return refused('bodyTooLarge', 413, message, { Connection: 'close' })
  }
  const read = readPing(kind, text)
  if (!read.ok) return refused('badBody', 400, read.message)
  const effect = registry.ping(monitorId, read.ping)
  if (effect === undefined) return unknownMonitor()
  const { runId, status, at } = effect
  return {
    answer: acceptance({ received: true, monitorId, runId, status, timestamp: at }),
    ping: { ...read.ping, runId, at },
  }
}

/** Hands out a log. Who may read one, and in which form, is not documented: all of this is [I]. */
export function judgeLog(
  request: ApiRequest,
  { monitorId, runId }: { readonly monitorId: string; readonly runId: string },
  { registry, keyOf, log }: JudgeDependencies,
): Verdict {
  if (request.method !== 'GET') return wrongMethod('GET')
  if (keyOf(request.header(API_KEY_HEADER)) === undefined) return wrongKey()
  if (!registry.has(monitorId)) return unknownMonitor()
  const logOutput = log(monitorId, runId)
  return logOutput === undefined
    ? refused('noLog', 404, 'This run has no log: only a fail ping with "logOutput" leaves one')
    : { answer: acceptance({ runId, monitorId, logOutput }) }
}

function wrongKey(): Verdict {
  return refused(
    'wrongKey',
    401,
    `The API key is missing or not known: send it in the ${API_KEY_HEADER} header`,
  )
}

function wrongMethod(allowed: string): Verdict {
  return refused('wrongMethod', 405, `This path takes ${allowed} only`, { Allow: allowed })
}

function unknownMonitor(): Verdict {
  return refused(
    'unknownMonitor',
    404,
    'There is no monitor with this id: check the path, or add it to "monitors"',
  )
}

/** That there is a limit is [D KEYS]; how the service says so is not documented. [I] */
function tooMany(waitMs: number): Verdict {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return refused('rateLimited', 429, `Too many pings with this key: the next one is taken in ${seconds} s`, {
    'Retry-After': String(seconds),
  })
}
