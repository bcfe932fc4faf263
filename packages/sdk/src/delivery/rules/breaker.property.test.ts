import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  breakerVerdict,
  createBreaker,
  onOutcome,
  onProbeSent,
  opensAgainAt,
  type Breaker,
} from './breaker.ts'
import type { Outcome } from '../../http/outcome.ts'

type Step =
  | { readonly type: 'send' }
  | { readonly type: 'end'; readonly index: number; readonly as: Outcome['type']; readonly draw: number }
  | { readonly type: 'wait'; readonly ms: number }

interface SentPing {
  readonly wasProbe: boolean
}

const DRAWS = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
// Failures outnumber the rest, or the breaker would hardly ever open.
const ENDINGS = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<Outcome['type']>('unsent', 'unknown', 'misrouted') },
  { weight: 1, arbitrary: fc.constantFrom<Outcome['type']>('accepted', 'refused', 'rate-limited') },
)
const STEPS = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>({ type: 'send' }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('end' as const),
        index: fc.nat(20),
        as: ENDINGS,
        draw: DRAWS,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        ms: fc.oneof(fc.nat(500), fc.nat(20_000)),
      }),
    },
  ),
  { minLength: 50, maxLength: 300, size: 'max' },
)

const FAILURES: readonly string[] = ['unsent', 'unknown', 'misrouted']

it('never has two probes on the way, pauses for 4 to 72 s, and closes when its probe is taken', () => {
  const seen = { opened: 0, probes: 0, closedByProbe: 0 }
  fc.assert(
    fc.property(STEPS, (steps) => {
      let breaker: Breaker = createBreaker()
      let now = 0
      const underWay: SentPing[] = []
      for (const step of steps) {
        if (step.type === 'wait') {
          now += step.ms
          continue
        }
        const before = breaker
        if (step.type === 'send') {
          const verdict = breakerVerdict(breaker, now)
          if (verdict === 'open') continue
          if (verdict === 'probe') {
            expect(underWay.some(({ wasProbe }) => wasProbe)).toBe(false)
            breaker = onProbeSent(breaker)
            seen.probes++
          }
          underWay.push({ wasProbe: verdict === 'probe' })
          continue
        }
        const [ping] = underWay.splice(step.index % Math.max(1, underWay.length), 1)
        if (ping === undefined) continue
        breaker = onOutcome(breaker, { type: step.as, wasProbe: ping.wasProbe }, now, step.draw)
        const probeDueAt = opensAgainAt(breaker)
        if (probeDueAt !== undefined && breaker !== before) {
          seen.opened++
          expect(FAILURES).toContain(step.as)
          expect(probeDueAt - now).toBeGreaterThanOrEqual(4_000)
          expect(probeDueAt - now).toBeLessThanOrEqual(72_000)
        }
        if (ping.wasProbe) {
          const failed = FAILURES.includes(step.as)
          expect(breakerVerdict(breaker, now)).toBe(failed ? 'open' : 'closed')
          if (!failed) seen.closedByProbe++
        }
      }
    }),
    { numRuns: 300 },
  )
  // What never happened was not tested.
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0)
})

it('lets a probe out within 72 s after whatever happened, once nothing is on its way', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20_000), ENDINGS, DRAWS), { maxLength: 100, size: 'max' }),
      (pings) => {
        let breaker: Breaker = createBreaker()
        let now = 0
        for (const [afterMs, type, draw] of pings) {
          now += afterMs
          const verdict = breakerVerdict(breaker, now)
          if (verdict === 'open') continue
          if (verdict === 'probe') breaker = onProbeSent(breaker)
          breaker = onOutcome(breaker, { type, wasProbe: verdict === 'probe' }, now, draw)
        }
        expect(breakerVerdict(breaker, now + 72_000)).not.toBe('open')
      },
    ),
    { numRuns: 200 },
  )
})
