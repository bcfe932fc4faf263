import { defineMonitor } from '@crontify/sdk'
import { parseCrontab } from 'graphile-worker'
import { expect, it } from 'vitest'
import { scheduleOf, schedulesOf } from './schedule-of.ts'

const NIGHTLY = { schedule: '0 2 * * *', timezone: 'UTC', scheduleDialect: 'graphile-worker' }

it.each([
  ['a cron item', { task: 'report', match: '0 2 * * *' }],
  ['a line', '0 2 * * * report'],
  ['a line with tabs, options and a payload', '0\t2  * * * report ?max=5&queue=slow {format: "pdf"}'],
])('reads %s', (_name, item) => {
  expect(scheduleOf(item)).toEqual(NIGHTLY)
})

it('is fit for a definition', () => {
  expect(defineMonitor({ id: 'report', ...scheduleOf('0 2 * * * report') })).toMatchObject(NIGHTLY)
})

it.each([
  ['a line of another cron', '@daily report', /a line of a crontab of Graphile Worker/],
  ['a line without a task', '0 2 * * *', /a line of a crontab/],
  ['an item that was parsed', parseCrontab('0 2 * * * report')[0], /what parseCronItems has read/],
  ['a function', { task: 'report', match: () => true }, /a function/],
  ['an item without a match', { task: 'report' }, /needs the cron expression/],
  ['nothing', undefined, /needs the cron expression/],
])('refuses %s', (_name, item, message) => {
  expect(() => scheduleOf(item as never)).toThrow(message)
})

const CRONTAB = `
# Reports
0 2 * * * report
*/10 8-18 1,15 * 1-5  report ?id=report-by-day&fill=4h {"by": "day"}
  30 * * * *\tsync:all/now
`

it('reads a crontab by the identifiers that Graphile Worker gives its items', () => {
  const schedules = schedulesOf(CRONTAB)

  expect(Object.keys(schedules)).toEqual(parseCrontab(CRONTAB).map(({ identifier }) => identifier))
  expect(Object.values(schedules).map(({ schedule }) => schedule)).toEqual([
    '0 2 * * *',
    '*/10 8-18 1,15 * 1-5',
    '30 * * * *',
  ])
})

it.each(['0 2 * * * report extra', '0 2 * * * 7report', '0 2 * * MON report', '0 2 * * report'])(
  'refuses the crontab that Graphile Worker refuses: %s',
  (line) => {
    expect(() => parseCrontab(line)).toThrow()
    expect(() => schedulesOf(`# one\r\n${line}`)).toThrow(/line 2 is none/)
  },
)

it('refuses two items of one identifier, as Graphile Worker does', () => {
  const twice = '0 2 * * * report\n0 3 * * * report'

  expect(() => parseCrontab(twice)).toThrow()
  expect(() => schedulesOf(twice)).toThrow(/"report".*\?id=/)
})

it('keeps items with names of properties that every object has', () => {
  expect(Object.keys(schedulesOf('* * * * * __proto__\n* * * * * constructor'))).toEqual([
    '__proto__',
    'constructor',
  ])
})

it.each([undefined, 7])('takes no crontab of %s', (crontab) => {
  expect(() => schedulesOf(crontab as never)).toThrow(TypeError)
})
