import { defineMonitor } from '@crontify/sdk'
import { expect, it } from 'vitest'
import { scheduleOf } from './schedule-of.ts'

const report = { name: 'nightly-report', cron: '0 2 * * *' }

it.each([
  ['the time zone that pg-boss has stored', { ...report, timezone: 'Europe/Berlin' }, 'Europe/Berlin'],
  ['the option of boss.schedule', { ...report, options: { tz: 'Asia/Tokyo' } }, 'Asia/Tokyo'],
  ['UTC otherwise', { ...report, options: null }, 'UTC'],
])('takes %s', (_name, schedule, timezone) => {
  expect(scheduleOf(schedule)).toEqual({ schedule: '0 2 * * *', timezone, scheduleDialect: 'pg-boss' })
})

it('leaves seconds out, as pg-boss sends at most one job a minute', () => {
  expect(scheduleOf({ ...report, cron: '*/10 0 2 * * MON' }).schedule).toBe('0 2 * * MON')
})

it('is fit for a definition', () => {
  expect(defineMonitor({ id: 'nightly-report', ...scheduleOf(report) })).toMatchObject({
    schedule: '0 2 * * *',
  })
})

it.each([
  ['no schedule', undefined, /there is none with that name/],
  ['a job', { name: 'nightly-report' }, /takes a schedule of pg-boss/],
  ['a recurrence rule', { ...report, cron: 'FREQ=DAILY', kind: 'rrule' }, /"nightly-report" is a recurrence/],
])('refuses %s', (_name, schedule, message) => {
  expect(() => scheduleOf(schedule as never)).toThrow(message)
})
