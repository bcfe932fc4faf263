import { hasBearerSecret, readSecrets } from '@crontify/sdk/adapter'

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
  const secrets = readSecrets('requireSecret', secret)
  return (request, response, next) => {
    if (hasBearerSecret(request.headers.authorization, secrets)) {
      next()
      return
    }
    response.statusCode = UNAUTHORIZED
    response.setHeader('WWW-Authenticate', 'Bearer')
    response.end('unauthorized')
  }
}
