import { expect, it } from 'vitest'
import { definitionProblems } from '@crontify/protocol/schemas'
import { type Alert } from '../../src/model.ts'
import { documentedLiteral, scheduleAware } from '../../src/semantics.ts'
import { MONTH_MONITORS } from './month-monitors.ts'
import { simulateMonth } from './simulate-month.ts'

const line = ({ at, severity, type, suppressed, message }: Alert): string => {
  const held = suppressed === undefined ? '' : ` (not sent: ${suppressed.reason})`
  return `${new Date(at).toISOString().slice(0, 16)}Z ${severity.padEnd(8)} ${type}${held}: ${message}`
}

it('has thirty monitors of all four tiers in three time zones, and nothing wrong with any', () => {
  expect(MONTH_MONITORS).toHaveLength(30)
  expect(new Set(MONTH_MONITORS.map(({ tier }) => tier)).size).toBe(4)
  expect(new Set(MONTH_MONITORS.map(({ timezone }) => timezone)).size).toBe(3)
  expect(MONTH_MONITORS.flatMap(definitionProblems)).toEqual([])
})

// The file is read by people: month.md says why each of its lines is there.
it('alerts in a month of production on what month.md explains, and on nothing else', async () => {
  const alerts = simulateMonth(MONTH_MONITORS, scheduleAware)

  await expect(`${alerts.map(line).join('\n')}\n`).toMatchFileSnapshot('./alerts-of-the-month.txt')
})

it('raises every type of alert that a monitor can raise', () => {
  const types = simulateMonth(MONTH_MONITORS, scheduleAware).map(({ type }) => type)

  expect([...new Set(types)].toSorted()).toEqual([
    'failure',
    'failure_rate',
    'hung',
    'missed',
    'overlapped',
    'recovery',
    'silent_failure',
    'slow',
  ])
})

it('alerts more than twenty times as often if the documented loop were taken at its word', () => {
  const asDocumented = simulateMonth(MONTH_MONITORS, documentedLiteral).length

  expect(asDocumented).toBeGreaterThan(20 * simulateMonth(MONTH_MONITORS, scheduleAware).length)
})
