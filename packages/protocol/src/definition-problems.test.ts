import { expect, it } from 'vitest'
import { definitionProblems } from './definition-problems.ts'

it('finds nothing wrong with a full definition', () => {
  expect(
    definitionProblems({
      id: 'nightly-backup',
      name: 'Nightly backup',
      schedule: '0 2 * * *',
      timezone: 'America/New_York',
      graceSeconds: 0,
      maxDurationSeconds: 1800,
      rules: [{ field: 'files_copied', operator: 'eq', threshold: 0 }],
      recovery: true,
      channels: ['ops'],
      tags: ['production'],
      tier: 1,
      runbook: 'https://wiki.example/backup',
    }),
  ).toEqual([])
})

it.each<[unknown, string]>([
  [null, 'is an object'],
  [[], 'is an object'],
  [{}, '"id" is missing'],
  [{ id: '../x' }, '"id" is not'],
  [{ id: 'm', schedule: '@daily', everySeconds: 60 }, 'exclude each other'],
  [{ id: 'm', everySeconds: 0 }, '"everySeconds" is not a number of seconds above 0'],
  [{ id: 'm', graceSeconds: -1 }, '"graceSeconds" is not a number of seconds from 0'],
  [{ id: 'm', graceSeconds: '300' }, '"graceSeconds"'],
  [{ id: 'm', timezone: 'Mars/Olympus' }, 'IANA'],
  [{ id: 'm', tier: 5 }, '"tier"'],
  [{ id: 'm', rules: {} }, '"rules" is not a list'],
  [{ id: 'm', rules: [{ field: 'a-b', operator: 'eq', threshold: 0 }] }, 'rules[0]'],
  [{ id: 'm', rules: [{ field: 'a', operator: 'gte', threshold: 0 }] }, 'operator other than lt, gt, eq, ne'],
  [{ id: 'm', rules: [{ field: 'a', operator: 'gt', threshold: Number.NaN }] }, 'finite'],
  [{ id: 'm', grace: 300 }, '"grace" is not a field of a monitor; it has id,'],
])('says what is wrong with %o', (definition, problem) => {
  expect(definitionProblems(definition).join('; ')).toContain(problem)
})

// [D RULES, MON]
it('takes five rules and refuses the sixth', () => {
  const rules = (count: number) =>
    Array.from({ length: count }, () => ({ field: 'a', operator: 'eq', threshold: 0 }))

  expect(definitionProblems({ id: 'm', rules: rules(5) })).toEqual([])
  expect(definitionProblems({ id: 'm', rules: rules(6) })).toEqual([
    expect.stringContaining('the service takes 5'),
  ])
})
