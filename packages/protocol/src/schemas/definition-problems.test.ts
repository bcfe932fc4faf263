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
      slow: { factor: 1.5, afterRuns: 5, window: 20 },
      failureRate: { above: 0, window: 20, minimumRuns: 20 },
      cooldownSeconds: 3_600,
      recovery: true,
      channels: ['ops'],
      tags: ['production'],
      tier: 1,
      runbook: 'https://wiki.example/backup',
      description: 'Copies the database to another region.',
      owner: 'platform',
      rerun: 'kubectl create job --from=cronjob/backup backup-now',
    }),
  ).toEqual([])
})

it('takes a field that is undefined for one that was left out', () => {
  expect(definitionProblems({ id: 'm', name: undefined, slow: { factor: undefined } })).toEqual([])
})

it.each([true, false, {}, { window: 10, afterRuns: 10 }])('takes %o for slow', (slow) => {
  expect(definitionProblems({ id: 'm', slow })).toEqual([])
})

it.each<[unknown, string]>([
  [null, 'A monitor definition must be an object of id, name,'],
  [[], 'got a list'],
  [{}, '"id" must be 1 to 128 letters, digits, "_" or "-"'],
  [{ id: '../x' }, '"id" must be 1 to 128 letters'],
  [{ id: 'x'.repeat(129) }, 'got "xxx'],
  [{ id: 'm', name: ' ' }, '"name" must be a text of at most 200 characters, not a blank one'],
  [{ id: 'm', everySeconds: 0 }, '"everySeconds" must be a number of seconds above 0'],
  [{ id: 'm', everySeconds: 1e12 }, 'at most 31622400 (366 days)'],
  [{ id: 'm', graceSeconds: -1 }, '"graceSeconds" must be a number of seconds from 0'],
  [{ id: 'm', graceSeconds: '300' }, '"graceSeconds" must be a number of seconds'],
  [{ id: 'm', cooldownSeconds: 0 }, '"cooldownSeconds" must be a number of seconds above 0'],
  [{ id: 'm', timezone: 'Mars/Olympus' }, '"timezone" must be an IANA time zone'],
  [{ id: 'm', tier: 5 }, '"tier" must be 1, 2, 3 or 4'],
  [{ id: 'm', runbook: 'wiki' }, '"runbook" must be an http or https URL'],
  [{ id: 'm', runbook: 'javascript:alert(1)' }, 'must be an http or https URL'],
  [{ id: 'm', runbook: 'https:wiki' }, 'must be an http or https URL'],
  [{ id: 'm', channels: ['#ops'] }, '"channels[0]" must be 1 to 128 letters'],
  [{ id: 'm', tags: Array(21).fill('a') }, '"tags" must be a list of at most 20 texts'],
  [{ id: 'm', rules: {} }, '"rules" must be a list of at most 5 rules'],
  [
    { id: 'm', rules: [{ field: 'a-b', operator: 'eq', threshold: 0 }] },
    '"rules[0].field" must be 1 to 50 letters, digits or "_"',
  ],
  [
    { id: 'm', rules: [{ field: 'a', operator: 'gte', threshold: 0 }] },
    '"rules[0].operator" must be one of lt, gt, eq, ne',
  ],
  [
    { id: 'm', rules: [{ field: 'a', operator: 'gt', threshold: Number.NaN }] },
    '"rules[0].threshold" must be a finite number',
  ],
  [
    { id: 'm', rules: [{ field: 'a', operator: 'gt' }] },
    '"rules[0].threshold" must be a finite number, got nothing',
  ],
  [{ id: 'm', slow: 'yes' }, '"slow" must be true, false or an object of factor, afterRuns'],
  [{ id: 'm', slow: { factor: 1 } }, '"slow.factor" must be a number above 1, at most 100'],
  [{ id: 'm', slow: { facter: 2 } }, 'in "slow": "facter" (did you mean "factor"?) is not a field of "slow"'],
  [{ id: 'm', slow: { afterRuns: 31 } }, '"slow.afterRuns" must be a number of runs that the'],
  [{ id: 'm', failureRate: { above: 1, window: 5 } }, '"failureRate.above" must be a share of runs'],
  [{ id: 'm', failureRate: { above: 0.5 } }, '"failureRate.window" must be a whole number'],
  [
    { id: 'm', failureRate: { above: 0.5, window: 5, minimumRuns: 6 } },
    '"failureRate.minimumRuns" must be a number of runs',
  ],
  [{ id: 'm', window: 2.5 }, '"window" is not a field of a monitor; it has id,'],
  [{ id: 'm', grace: 300 }, '"grace" (did you mean "graceSeconds"?) is not a field of a monitor; it has id,'],
  [{ id: 'm', a: 1, timeZone: 2 }, '"a", "timeZone" (did you mean "timezone"?) are not fields of a monitor'],
])('says what is wrong with %o', (definition, problem) => {
  expect(definitionProblems(definition).join('; ')).toContain(problem)
})

it.each<[unknown, string]>([
  [
    { id: 'm', schedule: '0 25 * * *' },
    '"schedule" must be a cron expression that croner accepts (field 2 of 5, the hour, must be 0 to 23, 0/5, *, lists, ranges or steps, not "25"), got "0 25 * * *"',
  ],
  [
    { id: 'm', schedule: '0 0 30 2 *', scheduleDialect: 'cron' },
    '"schedule" must be a cron expression that occurs (this one never does), got "0 0 30 2 *"',
  ],
  [{ id: 'm', schedule: '0 22-2 * * *' }, '"schedule" must be a cron expression that croner accepts'],
  [
    { id: 'm', schedule: '0 9 * * *', scheduleDialect: 'quartz' },
    '"scheduleDialect" must be one of croner, node-cron, cron-parser, cron, vixie, graphile-worker, pg-boss, got "quartz"',
  ],
  [
    {
      id: 'm',
      schedule: '0 9 * * *',
      scheduleDialect: 'graphile-worker',
      timezone: 'Europe/Berlin',
    },
    '"timezone" must be UTC where "scheduleDialect" is graphile-worker, which reads schedules in UTC, got "Europe/Berlin"',
  ],
  [{ id: 'm', owner: '' }, '"owner" must be a text of at most 200 characters'],
  [{ id: 'm', rerun: 5 }, '"rerun" must be a text of at most 2000 characters'],
])('judges the schedule in its dialect: %o', (definition, problem) => {
  expect(definitionProblems(definition).join('; ')).toContain(problem)
})

it.each(['0 22-2 * * *', '0 9 * * Friday-mon', '0 9 L-3 * *'])('accepts %s for node-cron', (schedule) => {
  expect(definitionProblems({ id: 'm', schedule, scheduleDialect: 'node-cron' })).toEqual([])
})

it('names every problem at once, each once', () => {
  const problems = definitionProblems({ schedule: '@daily', everySeconds: 0, tier: 0, grace: 1 })

  expect(problems.map((problem) => problem.split(' ').slice(0, 3).join(' '))).toEqual([
    '"id" must be',
    '"everySeconds" must be',
    '"tier" must be',
    '"grace" (did you',
    '"everySeconds" must be',
  ])
  expect(problems.at(-1)).toContain('the two exclude each other')
})

// [D RULES, MON]
it('takes five rules and refuses the sixth', () => {
  const rules = (count: number) =>
    Array.from({ length: count }, () => ({ field: 'a', operator: 'eq', threshold: 0 }))

  expect(definitionProblems({ id: 'm', rules: rules(5) })).toEqual([])
  expect(definitionProblems({ id: 'm', rules: rules(6) })).toEqual([
    '"rules" must be a list of at most 5 rules, got a list',
  ])
})

it('tells no more than twenty problems, and how many there are besides', () => {
  const problems = definitionProblems({ id: 'm', channels: Array(50).fill('#') })

  expect(problems).toHaveLength(21)
  expect(problems.at(-1)).toBe('and 30 more problems')
})

it('shows no more of names and values than a line', () => {
  const hostile = { id: `x\n\u001b[2J${'y'.repeat(10_000)}`, ['\u001b[31m'.repeat(500)]: 1 }

  for (const problem of definitionProblems(hostile)) {
    expect(problem.length).toBeLessThan(600)
    expect(problem).not.toMatch(/\p{Cc}/u)
  }
})

it('survives values that throw, lie or never end', () => {
  const circle: Record<string, unknown> = { id: 'm' }
  circle['rules'] = [circle]
  const throwing = Object.defineProperty({}, 'id', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()

  for (const value of [circle, throwing, revoked.proxy, Symbol('x'), () => 1, 1n]) {
    expect(definitionProblems(value).length).toBeGreaterThan(0)
  }
  expect(definitionProblems(JSON.parse('{ "id": "m", "__proto__": { "tier": 9 } }'))).toHaveLength(1)
})
