import { expect, it } from 'vitest'
import { WAITING } from './model.ts'
import { scheduleAware } from './semantics.ts'
import { termsOf } from './terms.ts'
import { transition } from './transition.ts'

// [D MON, the example]
it('alerts at 09:05 for a 09:00 job with a grace period of 300 s', () => {
  const terms = termsOf({ id: 'report', schedule: '0 9 * * *', graceSeconds: 300 }, scheduleAware)
  const newRunId = (): string => 'run'
  const yesterday = Date.parse('2026-01-05T09:00:00Z')
  const { state } = transition(WAITING, { type: 'success', newRunId }, yesterday, terms)

  const before = transition(state, { type: 'sweep', newRunId }, Date.parse('2026-01-06T09:04:59.999Z'), terms)
  const then = transition(state, { type: 'sweep', newRunId }, Date.parse('2026-01-06T09:05:00Z'), terms)

  expect(before.alerts).toEqual([])
  expect(then.alerts).toMatchObject([
    {
      type: 'missed',
      message:
        'report did not run: expected 2026-01-06 09:00 UTC, nothing came within the grace period of 5 min',
    },
  ])
})
