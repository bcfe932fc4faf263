import { nameOf } from './name-of.ts'

/** Shorter secrets can be guessed; `openssl rand -hex 32` prints enough. In characters. */
const MIN_SECRET_LENGTH = 16
const BEARER = /^Bearer +(.+)$/i
/** Clients encode other characters in different ways, or refuse them. */
const SENDABLE = /^[\t -~]+$/

/**
 * Whether an `Authorization` header carries one of the secrets as a bearer token. Without secrets, none does.
 *
 * The time depends on the header and on the lengths of the secrets, and not on how much of a secret was guessed right. It needs no
 * module of Node's, because it also runs where there are none.
 */
export function hasBearerSecret(
  authorization: string | null | undefined,
  secrets: readonly string[],
): boolean {
  const given = BEARER.exec(authorization ?? '')?.[1] ?? ''
  // Every secret is compared, so that the time does not show which one was right.
  // A secret that is read from a file ends in a line break, which no header can carry.
  return secrets.map((secret) => isSameText(given, secret.trim())).includes(true)
}

/** Whether clients can send a secret in a header: printable ASCII, without the white space around it. */
export function isSendable(secret: string): boolean {
  return SENDABLE.test(secret.trim())
}

function isSameText(given: string, secret: string): boolean {
  let difference = given.length ^ secret.length
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ secret.charCodeAt(index % Math.max(1, secret.length))
  }
  return secret.length > 0 && difference === 0
}

/**
 * The secrets that open a route, checked once.
 *
 * @param caller  The function that was given them, for messages.
 * @throws {TypeError} if there is none, or one is not a text of at least 16 characters, all printable ASCII: an environment variable that is not set must
 * not open the route to everyone. The message does not contain the secret.
 */
export function readSecrets(caller: string, secret: unknown): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0) throw new TypeError(`${caller} takes at least one secret, got an empty list`)
  return secrets.map((one) => {
    const length = typeof one === 'string' ? one.trim().length : 0
    if (typeof one === 'string' && length >= MIN_SECRET_LENGTH && isSendable(one)) return one
    const text = length < MIN_SECRET_LENGTH ? `one of ${length}` : 'other characters'
    const got = typeof one === 'string' ? text : `${nameOf(one)}. Is the environment variable set?`
    throw new TypeError(
      `${caller} takes a text of at least ${MIN_SECRET_LENGTH} printable ASCII characters, got ${got}`,
    )
  })
}
