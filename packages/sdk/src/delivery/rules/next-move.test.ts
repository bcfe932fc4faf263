import { expect, it } from 'vitest'
import { createGates, gatesAfter, type Gates } from '../gates.ts'
import type { HeldPing } from '../held-ping.ts'
import { MAX_SENDING, nextMove, type LaneView, type Move } from './next-move.ts'
import type { Outcome } from '../../http/outcome.ts'

const NOW = 1_000_000
const DOWN: Outcome = { type: 'unsent', reason: 'refused', cause: { code: undefined, message: '' } }

function lane(kind: HeldPing['kind'], given: Partial<HeldPing> = {}, view: Partial<LaneView> = {}): LaneView {
  const monitorId = given.monitorId ?? kind
  const head: HeldPing = {
    id: `${monitorId}.${kind}`,
    monitorId,
    runId: monitorId,
    kind,
    body: undefined,
    occurredAt: 0,
    queuedAt: NOW,
    expiresAt: NOW + 30_000,
    notBefore: NOW,
    attempts: 0,
    detail: 'full',
    timeoutMs: 3_000,
    atExit: true,
    ...given,
  }
  return { head, isSending: false, hasOwnEnd: false, mayEnd: true, mutedUntil: -Infinity, ...view }
}

function gatesAfterAll(...outcomes: Outcome[]): Gates {
  return outcomes.reduce(
    (gates, outcome) =>
      gatesAfter(gates, { outcome, attempt: 1, wasProbe: false, pauseMs: 20_000, exhaustedMs: 0 }, NOW, 0.5),
    createGates(NOW, 120),
  )
}

const down = gatesAfterAll(DOWN, DOWN, DOWN, DOWN, DOWN)
const keyRefused = gatesAfterAll({ type: 'refused', statusCode: 401, detail: '' })
const paused = gatesAfterAll({ type: 'rate-limited', statusCode: 429, retryAfter: '20' })

function show(move: Move): string {
  switch (move.type) {
    case 'send':
      return `send ${move.ping.kind}${move.asProbe ? ' as probe' : ''}`
    case 'drop':
    case 'skip':
      return `${move.type} ${move.ping.kind}: ${move.reason}`
    case 'rest':
      return move.until === undefined ? 'rest' : `rest ${move.until - NOW}`
  }
}

it('sends a failure before a success with numbers, that before a plain one, and starts last', () => {
  const meta = { meta: { rows: 1 } }
  const lanes = [
    lane('start'),
    lane('success', { monitorId: 'plain' }),
    lane('success', { body: meta }),
    lane('fail'),
  ]
  const order: string[] = []

  for (let left = lanes; left.length > 0;) {
    const move = nextMove(left, createGates(NOW, 120), 0, NOW)
    if (move.type !== 'send') throw new Error(show(move))
    order.push(`${move.ping.kind}${move.ping.body === undefined ? '' : ' with numbers'}`)
    left = left.filter(({ head }) => head !== move.ping)
  }

  expect(order).toEqual(['fail', 'success with numbers', 'success', 'start'])
})

it('sends the older of two that matter alike', () => {
  const lanes = [
    lane('fail', { monitorId: 'b', queuedAt: NOW }),
    lane('fail', { monitorId: 'a', queuedAt: NOW - 1 }),
  ]

  expect(nextMove(lanes, createGates(NOW, 120), 0, NOW)).toMatchObject({ ping: { monitorId: 'a' } })
})

it('sends one ping of a monitor at a time', () => {
  expect(show(nextMove([lane('fail', {}, { isSending: true })], createGates(NOW, 120), 1, NOW))).toBe('rest')
})

it('has at most four pings on their way', () => {
  expect(show(nextMove([lane('fail')], createGates(NOW, 120), MAX_SENDING - 1, NOW))).toBe('send fail')
  expect(show(nextMove([lane('fail')], createGates(NOW, 120), MAX_SENDING, NOW))).toBe('rest')
})

it('rests until the next ping is due', () => {
  const lanes = [lane('fail', { notBefore: NOW + 700 }), lane('success', { notBefore: NOW + 300 })]

  expect(show(nextMove(lanes, createGates(NOW, 120), 0, NOW))).toBe('rest 300')
  expect(show(nextMove([], createGates(NOW, 120), 0, NOW))).toBe('rest')
})

it.each<[string, LaneView, Gates, string]>([
  ['whose time is over', lane('fail', { expiresAt: NOW }), createGates(NOW, 120), 'drop fail: too-old'],
  [
    'of a monitor that is not known',
    lane('fail', {}, { mutedUntil: NOW + 1 }),
    createGates(NOW, 120),
    'drop fail: monitor-unknown',
  ],
  [
    'that failed and whose end waits',
    lane('start', { attempts: 1 }, { hasOwnEnd: true }),
    createGates(NOW, 120),
    'skip start: covered-by-end',
  ],
  [
    'that waited for 2 s and whose end waits',
    lane('start', { queuedAt: NOW - 2_000 }, { hasOwnEnd: true }),
    createGates(NOW, 120),
    'skip start: covered-by-end',
  ],
  [
    'that would have to wait and whose end waits',
    lane('start', {}, { hasOwnEnd: true }),
    paused,
    'skip start: covered-by-end',
  ],
  ['while the service is down', lane('start'), down, 'drop start: service-down'],
  ['while the key is refused', lane('start'), keyRefused, 'drop start: key-refused'],
])('does not send a ping %s', (_name, view, gates, expected) => {
  expect(show(nextMove([view], gates, 0, NOW))).toBe(expected)
})

it('sends a start while the service is well, also when its end waits already', () => {
  const quick = lane('start', { queuedAt: NOW - 1_999 }, { hasOwnEnd: true })

  expect(show(nextMove([quick], createGates(NOW, 120), 0, NOW))).toBe('send start')
})

it('keeps an end while the service is down, and sends one as the probe when the pause is over', () => {
  const lanes = [lane('success', { expiresAt: NOW + 900_000 }), lane('fail', { expiresAt: NOW + 900_000 })]

  expect(show(nextMove(lanes, down, 0, NOW))).toBe('rest 5000')
  const move = nextMove(lanes, down, 0, NOW + 5_000)
  expect(show(move)).toBe('send fail as probe')
  const gates = move.type === 'send' ? move.gates : down
  expect(show(nextMove(lanes, gates, 1, NOW + 5_000))).toBe('rest')
})

it('waits with every ping while the service asks to, and does not shed the ends', () => {
  expect(show(nextMove([lane('fail')], paused, 0, NOW))).toBe('rest 20000')
  expect(show(nextMove([lane('fail')], paused, 0, NOW + 20_000))).toBe('send fail')
})

it('asks again with a single end after a minute when the key was refused', () => {
  const lanes = [lane('fail', { expiresAt: NOW + 900_000 })]

  expect(show(nextMove(lanes, keyRefused, 0, NOW + 59_999))).toBe('rest 60000')
  expect(show(nextMove(lanes, keyRefused, 0, NOW + 60_000))).toBe('send fail as probe')
  expect(show(nextMove(lanes, keyRefused, 1, NOW + 60_000))).toBe('rest')
})

it('has no rate where none is asked for', () => {
  let gates = createGates(NOW, undefined)
  for (let sent = 0; sent < 500; sent++) {
    const move = nextMove([lane('start')], gates, 0, NOW)
    if (move.type !== 'send') throw new Error(show(move))
    gates = move.gates
  }
})

it('leaves half of the rate to the ends of runs', () => {
  let gates = createGates(NOW, 120)
  let starts = 0
  for (;;) {
    const move = nextMove([lane('start')], gates, 0, NOW)
    if (move.type !== 'send') break
    gates = move.gates
    starts++
  }

  expect(starts).toBeLessThan(20)
  expect(show(nextMove([lane('start')], gates, 0, NOW))).toMatch(/^rest \d+$/)
  expect(show(nextMove([lane('fail')], gates, 0, NOW))).toBe('send fail')
})
