import { randomBytes, randomUUID } from 'node:crypto'

/** A new id of 32 letters and digits. */
export function randomId(): string {
  return randomUUID().replaceAll('-', '')
}

/** A new secret of 256 bits that fits into a header. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
