import { expect, it } from 'vitest'
import { instantOf } from '../test/scenario.ts'
import { documentedLiteral, scheduleAware } from './semantics.ts'
import { termsOf } from './terms.ts'

// [D MON, RUNS]
it('fills in what a definition leaves out: UTC, 300 s of grace, hung after twice that', () => {
  expect(termsOf({ id: 'job' }, scheduleAware)).toMatchObject({
    monitorId: 'job',
    name: 'job',
    timezone: 'UTC',
    graceMs: 300_000,
    hungAfterMs: 600_000,
    rules: [],
  })
})

it('turns seconds into whole milliseconds', () => {
  expect(
    termsOf({ id: 'job', graceSeconds: 0.123_4, maxDurationSeconds: 1.000_6 }, scheduleAware),
  ).toMatchObject({
    graceMs: 123,
    hungAfterMs: 1_001,
  })
})

it('takes a grace period of nothing as it is', () => {
  expect(termsOf({ id: 'job', graceSeconds: 0 }, scheduleAware).graceMs).toBe(0)
})

it.each([scheduleAware, documentedLiteral])(
  'refuses a wrong expression under every semantics',
  (semantics) => {
    expect(() => termsOf({ id: 'job', schedule: '99 * * * *' }, semantics)).toThrow(RangeError)
  },
)

it('reads the schedule in the time zone of the monitor', () => {
  const terms = termsOf({ id: 'job', schedule: '0 2 * * *', timezone: 'Asia/Tokyo' }, scheduleAware)

  expect(terms.nextExpectedAfter(instantOf('2026-01-05T00:00:00Z'))).toBe(instantOf('2026-01-05T17:00:00Z'))
})
