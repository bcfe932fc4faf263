import { expect, it } from 'vitest'
import { instantOf, scenario } from '../test/scenario.ts'
import { durationText } from './duration-text.ts'
import { instantText } from './instant-text.ts'

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [61_500, '1 min 1 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [93_599_000, '1 d 1 h'],
])('says %d ms as "%s"', (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text)
})

it.each([
  ['2026-01-05T02:00:00Z', 'UTC', '2026-01-05 02:00 UTC'],
  ['2026-01-05T02:00:07Z', 'UTC', '2026-01-05 02:00:07 UTC'],
  ['2026-01-05T02:00:00Z', 'Africa/Abidjan', '2026-01-05 02:00 UTC'],
  ['2026-01-05T02:00:00Z', 'America/New_York', '2026-01-04 21:00 America/New_York (2026-01-05 02:00 UTC)'],
])('says %s in %s as "%s"', (instant, timezone, text) => {
  expect(instantText(instantOf(instant), timezone)).toBe(text)
})

it('calls a monitor by its name where it has one', () => {
  expect(scenario({ name: 'Nightly backup' }).fail().alerts[0]?.message).toMatch(/^Nightly backup failed/)
})

it('does not speak of a grace period of nothing', () => {
  const story = scenario({ schedule: '0 9 * * *', graceSeconds: 0 })
    .at('2026-01-05T09:00:00Z')
    .success()
    .at('2026-01-06T09:00:00Z')
    .sweep()

  expect(story.alerts[0]?.message).toBe('job did not run: expected 2026-01-06 09:00 UTC, nothing came')
})
