import { createHash, timingSafeEqual } from 'node:crypto'

/** Short ones are guessed; what `openssl rand -hex 32` prints is long enough. Characters. */
const LEAST_LENGTH = 16
const BEARER = /^Bearer +(.+)$/i
const UNAUTHORIZED = 401

interface SecretRequest {
  readonly headers: { readonly authorization?: string | undefined }
}

interface SecretResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(text?: string): unknown
}

/**
 * Middleware that lets only those in who send `Authorization: Bearer <secret>`, as Vercel Cron does and any `curl` can. Everybody
 * else gets 401 and never reaches the next handler: put it before `monitorRoute`.
 *
 * The comparison takes the same time for every wrong secret, also of another length. The secret is never answered nor logged.
 *
 * @param secret  At least 16 characters; or several, of which any will do, to change a secret without a gap.
 * @throws {TypeError} for a secret that is missing, empty or shorter: a variable that is not set must not open the route to all.
 * The message does not contain the secret.
 * @example
 * import { requireSecret } from '@crontify/express'
 * import express from 'express'
 *
 * const app = express()
 * app.use('/cron', requireSecret(process.env['CRON_SECRET'] ?? 'only for this machine'))
 */
export function requireSecret(
  secret: string | readonly string[] | undefined,
): (request: SecretRequest, response: SecretResponse, next: () => unknown) => void {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  const accepted = secrets.map(checked).map(digest)
  if (accepted.length === 0) throw new TypeError('requireSecret takes at least one secret; the list is empty')
  return (request, response, next) => {
    const given = digest(BEARER.exec(request.headers.authorization ?? '')?.[1] ?? '')
    // Each of them is compared, so that the time does not tell which one was right.
    const isKnown = accepted.map((one) => timingSafeEqual(one, given)).includes(true)
    if (isKnown) {
      next()
      return
    }
    response.statusCode = UNAUTHORIZED
    response.setHeader('WWW-Authenticate', 'Bearer')
    response.end('unauthorized')
  }
}

function checked(secret: unknown): string {
  if (typeof secret !== 'string') {
    throw new TypeError(
      `requireSecret takes a text of at least ${LEAST_LENGTH} characters; this is of type ${typeof secret}. Is the environment variable set?`,
    )
  }
  if (secret.length < LEAST_LENGTH) {
    throw new TypeError(
      `requireSecret takes a text of at least ${LEAST_LENGTH} characters; this one has ${secret.length}`,
    )
  }
  return secret
}

/** Of one length whatever the text's, which `timingSafeEqual` asks for. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
