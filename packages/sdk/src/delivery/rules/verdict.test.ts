import { expect, it } from 'vitest'
import type { HeldPing } from '../held-ping.ts'
import type { Outcome } from '../../http/outcome.ts'
import { verdictOn } from './verdict.ts'

const CAUSE = { code: undefined, message: 'x' }
const unsent = (reason: 'refused' | 'tls' = 'refused'): Outcome => ({ type: 'unsent', reason, cause: CAUSE })
const unknown: Outcome = { type: 'unknown', reason: 'timeout', statusCode: undefined, cause: CAUSE }
const refused = (statusCode: number): Outcome => ({ type: 'refused', statusCode, detail: '' })
const throttled: Outcome = { type: 'rate-limited', statusCode: 429, retryAfter: undefined }
const misrouted: Outcome = { type: 'misrouted', statusCode: 200, detail: '' }

function ping(kind: HeldPing['kind'], given: Partial<HeldPing> = {}): HeldPing {
  return {
    id: `r.${kind}`,
    monitorId: 'm',
    runId: 'r',
    kind,
    body: undefined,
    occurredAt: 0,
    queuedAt: 0,
    expiresAt: 1,
    notBefore: 0,
    attempts: 1,
    detail: 'full',
    timeoutMs: 3_000,
    atExit: true,
    ...given,
  }
}

const verdict = (sent: HeldPing, outcome: Outcome): string => {
  const { state, ...rest } = verdictOn(sent, outcome, undefined, 0.5)
  return state === 'dropped' ? `dropped ${(rest as { reason: string }).reason}` : state
}

it.each<[string, Outcome, string, string]>([
  ['unsent', unsent(), 'pending', 'pending'],
  ['unknown', unknown, 'dropped may-have-arrived', 'pending'],
  ['rate-limited', throttled, 'dropped rate-limited', 'pending'],
  ['misrouted', misrouted, 'dropped misrouted', 'pending'],
  ['401', refused(401), 'dropped key-refused', 'dropped key-refused'],
  ['403', refused(403), 'dropped key-refused', 'dropped key-refused'],
  ['404', refused(404), 'dropped monitor-unknown', 'dropped monitor-unknown'],
  ['410', refused(410), 'dropped monitor-unknown', 'dropped monitor-unknown'],
  ['302', refused(302), 'dropped refused', 'dropped refused'],
  ['402', refused(402), 'dropped refused', 'dropped refused'],
  ['405', refused(405), 'dropped refused', 'dropped refused'],
  ['409', refused(409), 'delivered', 'dropped refused'],
])('decides on the first attempt that ended as %s', (_name, outcome, forStart, forEnd) => {
  expect(verdict(ping('start'), outcome)).toBe(forStart)
  expect(verdict(ping('success'), outcome)).toBe(forEnd)
  expect(verdict(ping('fail'), outcome)).toBe(forEnd)
})

it('sends a start at most twice, and only if it certainly had no effect', () => {
  expect(verdict(ping('start', { attempts: 1 }), unsent())).toBe('pending')
  expect(verdict(ping('start', { attempts: 2 }), unsent())).toBe('dropped retries-exhausted')
})

it('sends an end as often as it takes', () => {
  expect(verdict(ping('fail', { attempts: 50 }), unsent())).toBe('pending')
  expect(verdict(ping('fail', { attempts: 50 }), unknown)).toBe('pending')
})

it('gives up at once what does not heal by itself', () => {
  expect(verdict(ping('fail', { attempts: 1 }), unsent('tls'))).toBe('pending')
  expect(verdict(ping('fail', { attempts: 2 }), unsent('tls'))).toBe('dropped retries-exhausted')
  expect(verdict(ping('fail', { attempts: 2 }), misrouted)).toBe('pending')
  expect(verdict(ping('fail', { attempts: 3 }), misrouted)).toBe('dropped misrouted')
})

it('takes a conflict with its own first copy for a delivery', () => {
  expect(verdict(ping('fail', { attempts: 2 }), refused(409))).toBe('delivered')
})

it.each([400, 413, 422])(
  'sends less of an end that was refused with %d: first without its log, then bare',
  (status) => {
    const body = { errorMessage: 'disk is full', meta: { rows: 1 }, logOutput: 'stack' }
    const steps = (['full', 'no-log', 'bare'] as const).map((detail) =>
      verdictOn(ping('fail', { body, detail }), refused(status), undefined, 0.5),
    )

    expect(steps).toEqual([
      { state: 'pending', afterMs: 0, detail: 'no-log', isRetry: false },
      { state: 'pending', afterMs: 0, detail: 'bare', isRetry: false },
      { state: 'dropped', reason: 'refused' },
    ])
  },
)

it('drops a refused end that has nothing left to leave out', () => {
  expect(verdict(ping('success'), refused(400))).toBe('dropped refused')
  expect(verdict(ping('start'), refused(400))).toBe('dropped refused')
})

it('waits as long as the service asks', () => {
  const wait = verdictOn(ping('fail'), throttled, 20_000, 0)

  expect(wait).toEqual({ state: 'pending', afterMs: 20_000, detail: 'full', isRetry: false })
})
