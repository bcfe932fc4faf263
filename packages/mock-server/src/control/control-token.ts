import { createKeyCheck } from '../http/api-keys.ts'

const BEARER = /^Bearer +(\S+)$/i

/** Whether an `Authorization` header carries the token; takes equally long for every wrong one. */
export function createTokenCheck(token: string): (header: string | undefined) => boolean {
  const keyOf = createKeyCheck([token])
  return (header) => keyOf(BEARER.exec(header ?? '')?.[1]) !== undefined
}
