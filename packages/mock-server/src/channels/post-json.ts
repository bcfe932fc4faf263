import type { PostOutcome } from './deliver.ts'

const TIMEOUT_MS = 10_000

/** Posts over the network. Redirects are not followed: what is posted was meant for that address alone. */
export async function postJson(url: string, body: object, signal: AbortSignal): Promise<PostOutcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'crontify-mock-server' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    })
    await answer.body?.cancel()
    const seconds = Number(answer.headers.get('retry-after') ?? NaN)
    return {
      type: 'answered',
      statusCode: answer.status,
      ...(seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {}),
    }
  } catch (error) {
    return { type: 'unanswered', reason: reasonOf(error) }
  }
}

/** A code or a name: a message may have the address in it, which is a secret. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } }
  return cause?.code ?? name ?? 'no answer'
}
