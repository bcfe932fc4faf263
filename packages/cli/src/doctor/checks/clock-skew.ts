import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { Diagnosis } from '../diagnosis.ts'

const TIMEOUT_MS = 5_000
/** The header has whole seconds, and an answer takes a while. */
const TOLERATED_MS = 5_000
const SERIOUS_MS = 60_000

/** The Date header of any answer, whatever its status; `undefined` where there is none. Sends no key. */
export function askDate(url: URL): Promise<string | undefined> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'HEAD', timeout: TIMEOUT_MS, agent: false })
    const end = (date?: string): void => {
      outgoing.destroy()
      resolve(date)
    }
    outgoing.once('response', ({ headers }) => end(headers.date))
    outgoing.once('timeout', () => end())
    outgoing.on('error', () => end())
    outgoing.end()
  })
}

export function judgeClock(date: string | undefined, now: number): Diagnosis {
  const serverMs = Date.parse(date ?? '')
  if (Number.isNaN(serverMs)) {
    return {
      about: 'clock',
      level: 'warning',
      says: 'the response has no Date header to compare with',
      fix: 'check the clock: date -u',
    }
  }
  const aheadMs = now - serverMs
  if (Math.abs(aheadMs) <= TOLERATED_MS)
    return { about: 'clock', level: 'ok', says: 'agrees with the server' }
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  return {
    about: 'clock',
    level: 'warning',
    says: `this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the server`,
    fix:
      Math.abs(aheadMs) >= SERIOUS_MS
        ? 'synchronize the clock (timedatectl set-ntp true): jobs run at the wrong time'
        : 'synchronize the clock (timedatectl set-ntp true)',
  }
}
