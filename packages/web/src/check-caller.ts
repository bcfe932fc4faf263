import { attempt, hasBearerSecret, isSendable, warn } from '@crontify/sdk/adapter'
import type { HandlerCall } from './read-call.ts'

/** Who may call a handler: those with one of these secrets, or everyone. */
export type SecretOption = string | readonly string[] | false | undefined

const SECRET_VARIABLE = 'CRON_SECRET'
const UNAUTHORIZED = 401

/**
 * Checks the callers of one handler: gives the response for those that are refused, and `undefined` for the others.
 *
 * The secret is looked up at each call, because a build of Next.js loads the module without the environment of the server.
 *
 * @throws {TypeError} for a secret that is no text, or that no header can carry.
 */
export function createCallerCheck(
  secret: SecretOption,
  env: () => Readonly<Record<string, string | undefined>>,
): (call: HandlerCall) => Response | undefined {
  const given = secret === false ? [] : listOf(secret)
  let hasWarnedOfOpen = false
  let hasWarnedOfUnsendable = false
  return (call) => {
    // Nobody outside of the platform can start what it has on its schedule.
    if (secret === false || call.isSchedule) return undefined
    const secrets = given.length > 0 ? given : fromEnvironment(call, env())
    if (secrets.length === 0) {
      if (!hasWarnedOfOpen && env()['NODE_ENV'] === 'production') warnOfOpenRoute()
      hasWarnedOfOpen = true
      return undefined
    }
    if (!hasWarnedOfUnsendable && !secrets.some(isSendable)) {
      hasWarnedOfUnsendable = true
      warnOfUnsendable()
    }
    const authorization = attempt(() => call.request?.headers.get('authorization'), undefined)
    return hasBearerSecret(authorization, secrets) ? undefined : refusal()
  }
}

function listOf(secret: unknown): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  return secrets.flatMap((one) => {
    if (one === undefined || one === '') return []
    if (typeof one === 'string') {
      if (isSendable(one)) return [one]
      throw new TypeError('The secret of monitorHandler must be of printable ASCII characters, got others')
    }
    throw new TypeError(
      `The secret of monitorHandler must be a text, a list of texts or false, got ${one === null ? 'null' : typeof one}`,
    )
  })
}

function fromEnvironment(
  { env }: HandlerCall,
  own: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const found = attempt<unknown>(() => env?.[SECRET_VARIABLE], undefined) ?? own[SECRET_VARIABLE]
  return typeof found === 'string' && found !== '' ? [found] : []
}

function warnOfOpenRoute(): void {
  warn(
    `monitorHandler has no secret, so everyone can start the job. Set ${SECRET_VARIABLE} or the option secret; secret: false is for a route that is protected otherwise.`,
  )
}

function warnOfUnsendable(): void {
  warn(
    `${SECRET_VARIABLE} must be of printable ASCII characters, got others. No caller can send it, so every call gets ${UNAUTHORIZED}.`,
  )
}

function refusal(): Response {
  return new Response('unauthorized', { status: UNAUTHORIZED, headers: { 'www-authenticate': 'Bearer' } })
}
