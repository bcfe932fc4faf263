import { hasBearerSecret, readSecrets } from '@crontify/sdk/adapter'

interface SecretRequest {
  readonly headers: { readonly authorization?: string | undefined }
}

interface SecretReply {
  // `never`: a route with a type of its replies has a `send` that takes no text. Fastify sends a text as it is in any case.
  code(statusCode: number): { header(name: string, value: string): { send(text: never): unknown } }
}

const UNAUTHORIZED = 401

/**
 * A hook that lets only those in who send `Authorization: Bearer <secret>`, as Vercel Cron does and any `curl` can. Everybody else gets
 * 401 and never reaches the route.
 *
 * The comparison takes the same time for every wrong secret. The secret is neither answered nor logged.
 *
 * @param secret  At least 16 characters; or several, of which any will do, to change a secret without a gap.
 * @throws {TypeError} for a secret that is missing, empty or shorter. The message does not contain it.
 * @example
 * import { requireSecret } from '@crontify/fastify'
 * import Fastify from 'fastify'
 *
 * const app = Fastify()
 * app.addHook('onRequest', requireSecret(process.env['CRON_SECRET'] ?? 'only for this machine'))
 */
export function requireSecret(
  secret: string | readonly string[] | undefined,
): (request: SecretRequest, reply: SecretReply) => Promise<unknown> {
  const secrets = readSecrets('requireSecret', secret)
  return async (request, reply) => {
    if (hasBearerSecret(request.headers.authorization, secrets)) return undefined
    return reply
      .code(UNAUTHORIZED)
      .header('WWW-Authenticate', 'Bearer')
      .send('unauthorized' as never)
  }
}
