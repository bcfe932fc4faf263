import type { Agent } from 'undici'
import type { PostJson, PostOutcome } from './deliver.ts'

const CONNECT_TIMEOUT_MS = 5_000
const ANSWER_TIMEOUT_MS = 10_000
/** Connections to one address at once. */
const MAX_CONNECTIONS = 4

/**
 * Creates a function that posts over the network, with undici, which is loaded at the first post. Redirects are not followed:
 * what is posted was meant for that address alone.
 *
 * @param closing  Ends every request and connection.
 */
export function createPostJson(closing: AbortSignal): PostJson {
  let agent: Promise<Agent> | undefined
  return async (url, body, signal) => {
    try {
      const { request } = await import('undici')
      const {
        statusCode,
        headers,
        body: answer,
      } = await request(url, {
        dispatcher: await (agent ??= openAgent(closing)),
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'User-Agent': 'crontify-mock-server' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      })
      // What a channel answers is not needed; an endless answer must not be read to its end.
      await answer.dump({ limit: 65_536 })
      return { type: 'answered', statusCode, ...retryAfter(headers['retry-after']) }
    } catch (error) {
      return { type: 'unanswered', reason: reasonOf(error) }
    }
  }
}

async function openAgent(closing: AbortSignal): Promise<Agent> {
  const { Agent } = await import('undici')
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    connections: MAX_CONNECTIONS,
  })
  closing.addEventListener('abort', () => void agent.destroy().catch(() => {}), { once: true })
  return agent
}

function retryAfter(
  header: string | string[] | undefined,
): Pick<PostOutcome & { type: 'answered' }, 'retryAfterMs'> {
  const seconds = typeof header === 'string' && header !== '' ? Number(header) : NaN
  return seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {}
}

/** A code or a name: a message may have the address in it, which is a secret. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: string }
  return typeof code === 'string' ? code : (name ?? 'no answer')
}
