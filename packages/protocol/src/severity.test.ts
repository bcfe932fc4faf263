import { expect, it } from 'vitest'
import { reachesSeverity, SEVERITIES } from './severity.ts'

it('lists severities from the least urgent to the most', () => {
  expect(SEVERITIES).toEqual(['info', 'warning', 'critical'])
})

it('lets a severity reach itself and everything below', () => {
  const reached = SEVERITIES.map((severity) =>
    SEVERITIES.filter((minimum) => reachesSeverity(severity, minimum)),
  )

  expect(reached).toEqual([['info'], ['info', 'warning'], ['info', 'warning', 'critical']])
})
