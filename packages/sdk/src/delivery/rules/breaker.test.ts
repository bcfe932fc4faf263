import { expect, it } from 'vitest'
import {
  breakerVerdict,
  createBreaker,
  onOutcome,
  onProbeSent,
  opensAgainAt,
  type Breaker,
  type EndedPing,
} from './breaker.ts'

const MIDDLE = 0.5
const FAILED: EndedPing = { type: 'unsent', wasProbe: false }
const FAILED_PROBE: EndedPing = { type: 'unknown', wasProbe: true }
const TAKEN_PROBE: EndedPing = { type: 'accepted', wasProbe: true }

function failing(instants: readonly number[], from: Breaker = createBreaker()): Breaker {
  return instants.reduce((breaker, now) => onOutcome(breaker, FAILED, now, MIDDLE), from)
}

/** Opened at 0; the first probe is due at 5,000. */
const opened = (): Breaker => failing([0, 0, 0, 0, 0])

it('lets pings out until five in a row have failed', () => {
  expect(breakerVerdict(failing([1, 2, 3, 4]), 4)).toBe('closed')
  expect(breakerVerdict(failing([1, 2, 3, 4, 5]), 5)).toBe('open')
})

it('opens only if the five lie within 60 s', () => {
  expect(breakerVerdict(failing([0, 1, 2, 3, 60_001]), 60_001)).toBe('closed')
  expect(breakerVerdict(failing([0, 1, 2, 3, 60_000]), 60_000)).toBe('open')
})

it('forgets old failures one by one', () => {
  expect(breakerVerdict(failing([0, 20_000, 30_000, 40_000, 61_000, 61_001]), 61_001)).toBe('open')
})

it.each(['unsent', 'unknown', 'misrouted'] as const)('counts "%s" as a failure', (type) => {
  const after = onOutcome(failing([0, 0, 0, 0]), { type, wasProbe: false }, 0, MIDDLE)

  expect(breakerVerdict(after, 0)).toBe('open')
})

it.each(['accepted', 'refused', 'rate-limited'] as const)('begins a new row after "%s"', (type) => {
  const after = onOutcome(failing([0, 0, 0, 0]), { type, wasProbe: false }, 0, MIDDLE)

  expect(breakerVerdict(failing([0, 0, 0, 0], after), 0)).toBe('closed')
  expect(breakerVerdict(failing([0, 0, 0, 0, 0], after), 0)).toBe('open')
})

it('asks for a probe when the pause is over', () => {
  expect(opensAgainAt(opened())).toBe(5_000)
  expect(breakerVerdict(opened(), 4_999)).toBe('open')
  expect(breakerVerdict(opened(), 5_000)).toBe('probe')
})

it('varies the pause by a fifth', () => {
  const fifth = (draw: number): Breaker => onOutcome(failing([0, 0, 0, 0]), FAILED, 0, draw)

  expect(opensAgainAt(fifth(0))).toBe(4_000)
  expect(opensAgainAt(fifth(1 - Number.EPSILON))).toBeCloseTo(6_000)
})

it('lets one probe out and no second one', () => {
  const probing = onProbeSent(opened())

  expect(breakerVerdict(probing, 1_000_000)).toBe('open')
  expect(opensAgainAt(probing)).toBeUndefined()
})

it.each(['accepted', 'refused', 'rate-limited'] as const)('closes when its probe ends as "%s"', (type) => {
  const after = onOutcome(onProbeSent(opened()), { type, wasProbe: true }, 6_000, MIDDLE)

  expect(after).toEqual(createBreaker())
})

it('doubles the pause with each failed probe, up to a minute', () => {
  let breaker = opened()
  const pauses: number[] = []
  for (let probes = 0; probes < 6; probes++) {
    const now = opensAgainAt(breaker) ?? NaN
    breaker = onOutcome(onProbeSent(breaker), FAILED_PROBE, now, MIDDLE)
    pauses.push((opensAgainAt(breaker) ?? NaN) - now)
  }

  expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000])
})

it('pauses for five seconds again after it was closed in between', () => {
  const long = onOutcome(onProbeSent(opened()), FAILED_PROBE, 5_000, MIDDLE)
  const closed = onOutcome(onProbeSent(long), TAKEN_PROBE, 15_000, MIDDLE)

  expect(opensAgainAt(failing([20_000, 20_000, 20_000, 20_000, 20_000], closed))).toBe(25_000)
})

it('does not lengthen the pause for pings that were sent before it', () => {
  expect(onOutcome(opened(), FAILED, 3_000, MIDDLE)).toEqual(opened())
})

it('closes when a ping that was sent before the pause is taken in it', () => {
  expect(onOutcome(opened(), { type: 'accepted', wasProbe: false }, 3_000, MIDDLE)).toEqual(createBreaker())
})

it('leaves the verdict to the probe while one is on its way', () => {
  const probing = onProbeSent(opened())

  expect(onOutcome(probing, FAILED, 6_000, MIDDLE)).toEqual(probing)
  expect(onOutcome(probing, { type: 'accepted', wasProbe: false }, 6_000, MIDDLE)).toEqual(probing)
})

it('takes no probe while pings go out', () => {
  expect(onProbeSent(createBreaker())).toEqual(createBreaker())
  expect(opensAgainAt(createBreaker())).toBeUndefined()
})
