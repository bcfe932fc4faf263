import type { LeftBehind } from '../../disk/journal/left-behind.ts'
import { END_LIFETIME_MS } from '../held-ping.ts'
import type { PingEnd } from '../delivery.ts'
import type { Entry } from '../entry.ts'

/** Milliseconds for one attempt. */
const TIMEOUT_MS = 3_000

/**
 * What an earlier process left, as an entry of this one's lanes.
 *
 * Its file stays claimed until it is delivered or known to be useless; otherwise it goes back.
 */
export function leftBehindEntry({ ping, done, release }: LeftBehind, now: number): Entry {
  return {
    ping: {
      ...ping,
      queuedAt: now,
      expiresAt: now + END_LIFETIME_MS,
      notBefore: now,
      attempts: 0,
      detail: 'full',
      timeoutMs: TIMEOUT_MS,
      atExit: false,
    },
    lastOutcome: undefined,
    isSending: false,
    isLeftBehind: true,
    closesAnyRun: false,
    record: undefined,
    onWritten: () => {},
    onEnd: (end) => void (needsNoOtherTry(end) ? done() : release()),
    onRetry: () => {},
  }
}

function needsNoOtherTry(end: PingEnd): boolean {
  if (end.state !== 'dropped') return end.state === 'delivered'
  return end.reason === 'refused' || end.reason === 'monitor-unknown'
}
