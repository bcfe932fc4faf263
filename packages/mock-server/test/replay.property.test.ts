import fc from 'fast-check'
import {
  createMockCrontify,
  documentedLiteral,
  replay,
  scheduleAware,
  type MockAlert,
} from '@crontify/mock-server'
import { expect, it } from 'vitest'

const monitors = [
  { id: 'hourly', schedule: '0 * * * *', rules: [{ field: 'rows', operator: 'lt', threshold: 3 }] },
  { id: 'beat', everySeconds: 120, graceSeconds: 60 },
] as const

const act = fc.oneof(
  fc.record({
    what: fc.constantFrom('start', 'success', 'fail'),
    id: fc.constantFrom('hourly', 'beat'),
    rows: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({ what: fc.constant('advance'), id: fc.constant(''), rows: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    what: fc.constantFrom('pause', 'resume'),
    id: fc.constantFrom('hourly', 'beat'),
    rows: fc.constant(0),
  }),
)

// A missed run has no ping that would have recorded its id.
const withoutMissedIds = (alerts: readonly MockAlert[]): unknown[] =>
  alerts.map((alert) => (alert.type === 'missed' ? { ...alert, runId: '' } : alert))

it.each([
  ['scheduleAware', scheduleAware],
  ['documentedLiteral', documentedLiteral],
] as const)('gives the alerts that happened, under %s', async (name, semantics) => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40, size: 'max' }), async (acts) => {
      const mock = await createMockCrontify({ monitors, clock: 'virtual', semantics: name })
      for (const { what, id, rows } of acts) {
        if (what === 'advance') await mock.advance(rows * 60_000)
        else if (what === 'pause') mock.pause(id)
        else if (what === 'resume') mock.resume(id)
        else {
          const init = { method: 'POST', headers: { 'X-API-Key': mock.apiKey } }
          const body = what === 'start' ? {} : { body: JSON.stringify({ meta: { rows } }) }
          await mock.fetch(`${mock.url}/api/v1/ping/${id}/${what}`, { ...init, ...body })
        }
      }
      const journal = JSON.parse(JSON.stringify(mock.journal())) as ReturnType<typeof mock.journal>
      await mock.close()

      const replayed = replay(journal, { semantics })

      expect(withoutMissedIds(replayed.alerts)).toEqual(withoutMissedIds(mock.alerts()))
      expect(replayed.runs).toHaveLength(mock.runs('hourly').length + mock.runs('beat').length)
      expect(replayed.isComplete).toBe(true)
    }),
    { numRuns: 60 },
  )
})
