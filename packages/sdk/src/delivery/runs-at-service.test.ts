import { expect, it } from 'vitest'
import { createRunsAtService } from './runs-at-service.ts'

it('lets the newest run end, and no run that it has superseded', () => {
  const runs = createRunsAtService()

  runs.opened('m', 'older')
  runs.opened('m', 'newer')

  expect([runs.mayEnd('m', 'older'), runs.mayEnd('m', 'newer')]).toEqual([false, true])
})

it('keeps a run superseded after the newer one has ended', () => {
  const runs = createRunsAtService()
  runs.opened('m', 'older')
  runs.opened('m', 'newer')

  runs.ended('m', 'newer')

  expect(runs.mayEnd('m', 'older')).toBe(false)
})

it('does not let a run whose start never arrived close another one, but lets it end when none is open', () => {
  const runs = createRunsAtService()
  runs.opened('m', 'open')

  expect(runs.mayEnd('m', 'start was dropped')).toBe(false)
  runs.ended('m', 'open')

  expect(runs.mayEnd('m', 'start was dropped')).toBe(true)
})

it('takes up a superseded run that is adopted', () => {
  const runs = createRunsAtService()
  runs.opened('m', 'first')
  runs.opened('m', 'second')

  runs.opened('m', 'first')

  expect([runs.mayEnd('m', 'first'), runs.mayEnd('m', 'second')]).toEqual([true, false])
})

it('keeps monitors apart', () => {
  const runs = createRunsAtService()

  runs.opened('m', 'run')

  expect(runs.mayEnd('other', 'run of the other one')).toBe(true)
})

it('remembers a thousand superseded runs and no more', () => {
  const runs = createRunsAtService()

  for (let run = 0; run <= 1_001; run++) runs.opened('m', `run-${run}`)
  runs.ended('m', 'run-1001')

  expect([runs.mayEnd('m', 'run-0'), runs.mayEnd('m', 'run-1')]).toEqual([true, false])
})
