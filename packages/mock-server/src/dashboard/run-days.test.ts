import { expect, it } from 'vitest'
import { createRunTotals, type CountedRun } from '../run-totals.ts'
import { runDays } from './run-days.ts'

const run = (at: string, look: CountedRun['look'] = 'success'): CountedRun => ({
  monitorId: 'job',
  at: Date.parse(at),
  look,
})

function daysOf(runs: readonly CountedRun[], now: string) {
  const totals = createRunTotals()
  for (const one of runs) totals.count(undefined, one)
  return runDays(totals.of('job'), now, 3)
}

it('puts every run on its day, and none that is open', () => {
  const runs = [
    run('2026-01-03T23:59:59.999Z'),
    run('2026-01-04T00:00:00.000Z', 'missed'),
    run('2026-01-05T00:00:00.000Z', 'rule matched'),
    run('2026-01-05T23:00:00.000Z'),
    run('2026-01-05T23:10:00.000Z', 'running'),
  ]

  expect(daysOf(runs, '2026-01-05T23:30:00.000Z')).toEqual([
    { day: '2026-01-03', counts: { success: 1 }, total: 1 },
    { day: '2026-01-04', counts: { missed: 1 }, total: 1 },
    { day: '2026-01-05', counts: { 'rule matched': 1, success: 1 }, total: 2 },
  ])
})

it('leaves out what is older, or of a clock that was ahead', () => {
  const runs = [run('2026-01-01T00:00:00.000Z'), run('2026-01-06T00:00:00.000Z')]

  expect(daysOf(runs, '2026-01-05T00:00:00.000Z').map(({ total }) => total)).toEqual([0, 0, 0])
})

it('counts a run once, whatever becomes of it', () => {
  const totals = createRunTotals()
  const hung = run('2026-01-05T00:00:00.000Z', 'hung')
  const late = run('2026-01-05T00:00:00.000Z', 'success')
  totals.count(run('2026-01-05T00:00:00.000Z', 'running'), hung)
  totals.count(hung, late)

  expect(runDays(totals.of('job'), '2026-01-05T12:00:00.000Z', 1)[0]?.counts).toEqual({ success: 1 })
})

it('forgets days of long ago', () => {
  const totals = createRunTotals()
  for (let day = 0; day < 100; day += 1) totals.count(undefined, { ...run(''), at: day * 86_400_000 })

  expect(Object.keys(totals.of('job')).length).toBeLessThanOrEqual(41)
})
