import { expect, it } from 'vitest'
import { readSchedule } from './read-schedule.ts'
import type { ScheduleDialect } from './schedule-dialect.ts'

const ALL: readonly ScheduleDialect[] = [
  'croner',
  'node-cron',
  'cron-parser',
  'cron',
  'vixie',
  'graphile-worker',
  'pg-boss',
]

it.each(ALL)('reads five plain fields for %s', (dialect) => {
  const { fields } = readSchedule('0,30 9-11 * 2 1', dialect)

  expect(fields).toMatchObject({
    seconds: [0],
    minutes: [0, 30],
    hours: [9, 10, 11],
    months: [2],
    weekdays: [1],
    dayRule: 'both',
  })
})

// Each expression with the dialects that accept it.
it.each<[string, readonly ScheduleDialect[]]>([
  ['*/5 * * * *', ALL],
  ['0 9 * * 7', ALL],
  ['5/15 * * * *', ['croner', 'cron-parser', 'cron', 'pg-boss']],
  ['*/90 * * * *', ['node-cron', 'cron-parser', 'cron', 'vixie', 'graphile-worker', 'pg-boss']],
  ['0-30/7 * * * *', ['croner', 'node-cron', 'cron-parser', 'cron', 'vixie', 'pg-boss']],
  ['0 0 9 * * *', ['croner', 'node-cron', 'cron-parser', 'cron']],
  ['9 * * *', ['cron-parser', 'pg-boss']],
  ['0 9 * * mon-FRI', ['croner', 'node-cron', 'cron-parser', 'cron', 'vixie', 'pg-boss']],
  ['0 9 * January *', ['node-cron']],
  ['jan 9 * * *', ['cron']],
  ['0 22-2 * * *', ['node-cron']],
  ['0 9 * * fri-mon', ['node-cron']],
  ['0 9 * * fri-sun', ['croner', 'node-cron']],
  ['0 9 ? * 1', ['croner', 'node-cron', 'cron-parser', 'pg-boss']],
  ['0 ? * * *', ['croner', 'cron-parser', 'pg-boss']],
  ['0 9 L * *', ['croner', 'node-cron', 'cron-parser', 'pg-boss']],
  ['0 9 L-3 * *', ['node-cron']],
  ['0 9 15W * *', ['croner', 'node-cron']],
  ['0 9 LW * *', ['croner', 'node-cron']],
  ['0 9 LW,3 * *', ['node-cron']],
  ['0 9 * * 5L', ['croner', 'node-cron', 'cron-parser', 'pg-boss']],
  ['0 9 * * 1#2', ['croner', 'node-cron', 'cron-parser', 'pg-boss']],
  ['0 9 * * 1#2,5', ['croner', 'node-cron']],
  ['0 9 1 * +1', ['croner']],
  ['1,1 * * * *', ['croner', 'node-cron', 'cron', 'vixie', 'graphile-worker']],
  ['@daily', ['croner', 'node-cron', 'cron-parser', 'cron', 'vixie', 'pg-boss']],
  ['@Daily', ['croner', 'node-cron', 'cron']],
  ['@midnight', ['croner', 'node-cron', 'vixie']],
  ['@weekdays', ['cron-parser', 'cron', 'pg-boss']],
  ['@minutely', ['cron-parser', 'cron', 'pg-boss']],
  ['@secondly', ['cron-parser', 'cron', 'pg-boss']],
  ['@reboot', []],
  ['0 25 * * *', []],
  ['H * * * *', []],
])('accepts %s where the library does', (schedule, dialects) => {
  expect(ALL.filter((dialect) => readSchedule(schedule, dialect).fields !== undefined)).toEqual(dialects)
})

it.each<[string, ScheduleDialect, 'both' | 'either']>([
  ['0 9 1 * 1', 'croner', 'either'],
  ['0 9 1 * +1', 'croner', 'both'],
  ['0 9 1 * 1', 'node-cron', 'both'],
  ['0 9 */2 * 1', 'cron-parser', 'either'],
  ['0 9 */2 * 1', 'vixie', 'both'],
  ['0 9 1-31 * 1', 'cron', 'both'],
  ['0 9 1-31 * 1', 'vixie', 'either'],
  ['0 9 1-31 * 1', 'graphile-worker', 'both'],
])('combines the days of %s in %s: %s', (schedule, dialect, dayRule) => {
  expect(readSchedule(schedule, dialect).fields?.dayRule).toBe(dayRule)
})

it.each<[string, ScheduleDialect, string]>([
  [
    '0 25 * * *',
    'croner',
    '(field 2 of 5, the hour, must be 0 to 23, 0/5, *, lists, ranges or steps, not "25")',
  ],
  [
    '0 0 * * * 8',
    'node-cron',
    '(field 6 of 6, the day of week, must be 0 to 7, SUN to SAT, 5L, 1#2, *, lists',
  ],
  ['0 9 32 * *', 'node-cron', '(field 3 of 5, the day of month, must be 1 to 31, L, L-3, 15W, LW, *, lists'],
  [
    '0 9 * 13 *',
    'vixie',
    'a cron expression that cron accepts (field 4 of 5, the month, must be 1 to 12, JAN to DEC',
  ],
  ['* * *', 'croner', '(it must have 5 to 6 fields, not 3)'],
  ['0 0 9 * * *', 'vixie', '(it must have 5 fields, not 6)'],
  ['@dayly', 'vixie', 'did you mean @daily?'],
  ['@daily', 'graphile-worker', '(it has no nicknames)'],
])('says what is wrong with %s for %s', (schedule, dialect, problem) => {
  expect(readSchedule(schedule, dialect).problem).toContain(problem)
})

it('shows invisible characters', () => {
  expect(readSchedule('0 9\u200b * * *').problem).toContain('not "9\\u{200b}"')
  expect(readSchedule('0 9 * * \u3164').problem).toContain('not "\\u{3164}"')
  expect(readSchedule('0\u00a09 * * *', 'vixie').problem).toContain('it must have 5 fields, not 4')
})

it.each<[string, ScheduleDialect]>([
  ['0 0 30 2 *', 'croner'],
  ['0 0 31 2,4,6,9,11 *', 'cron'],
  ['0 0 31 * 1#1', 'node-cron'],
  ['0 0 L-30 2,4 *', 'node-cron'],
  ['0 0 30W 2 *', 'croner'],
  ['0 5-1 * * *', 'vixie'],
])('rejects %s for %s, which never occurs', (schedule, dialect) => {
  expect(readSchedule(schedule, dialect).problem).toBe('a cron expression that occurs (this one never does)')
})

it.each<[string, ScheduleDialect]>([
  ['0 0 29 2 *', 'croner'],
  ['0 0 29 2 5#5', 'node-cron'],
  ['0 0 30 2 1', 'croner'],
  ['0 0 31 1,2 *', 'cron'],
])('accepts %s for %s, which occurs seldom', (schedule, dialect) => {
  expect(readSchedule(schedule, dialect).fields).toBeDefined()
})

it.each<[string, ScheduleDialect, boolean]>([
  ['30 2 * * *', 'croner', true],
  ['0,30 2 * * *', 'croner', false],
  ['0,30 2 * * *', 'vixie', true],
  ['*/30 2 * * *', 'vixie', false],
  ['0 * * * *', 'cron-parser', false],
  ['0 */2 * * *', 'cron-parser', true],
  ['30 2 * * *', 'node-cron', false],
])('says of %s in %s whether its time is fixed: %s', (schedule, dialect, isFixedTime) => {
  expect(readSchedule(schedule, dialect).fields?.isFixedTime).toBe(isFixedTime)
})

it('drops the days that its only month lacks before it rejects duplicates, as cron-parser does', () => {
  expect(readSchedule('0 0 31,* 4 *', 'cron-parser').problem).toBeUndefined()
  expect(readSchedule('0 0 30,31,* 2 *', 'cron-parser').problem).toBeUndefined()
  expect(readSchedule('0 0 30,* 4 *', 'cron-parser').problem).toContain('field 3 of 5')
  expect(readSchedule('0 0 31,* 4,5 *', 'cron-parser').problem).toContain('field 3 of 5')
  expect(readSchedule('0 0 31,31 4 1', 'cron-parser').problem).toContain('field 3 of 5')
})
