import { defineMonitor } from '@crontify/sdk'
import { expect, it } from 'vitest'
import { scheduleOf } from './schedule-of.ts'

it('takes pattern and time zone', () => {
  expect(scheduleOf({ key: 'x', pattern: '0 2 * * *', tz: 'Europe/Berlin' })).toEqual({
    schedule: '0 2 * * *',
    timezone: 'Europe/Berlin',
    scheduleDialect: 'cron-parser',
  })
  expect(scheduleOf({ key: 'x', pattern: '0 2 * * *' })).toEqual({
    schedule: '0 2 * * *',
    timezone: 'UTC',
    scheduleDialect: 'cron-parser',
  })
})

it('takes an interval for a heartbeat', () => {
  expect(scheduleOf({ key: 'x', every: 90_500 })).toEqual({ everySeconds: 90.5 })
})

it('gives what a definition takes', () => {
  const definition = defineMonitor({ id: 'report', ...scheduleOf({ key: 'x', pattern: '*/5 * * * *' }) })

  expect(definition).toMatchObject({ schedule: '*/5 * * * *', timezone: 'UTC' })
})

it.each([
  [undefined, /no job scheduler/],
  [null, /no job scheduler/],
  [{ key: 'empty' }, /"empty" has neither/],
])('refuses %s', (scheduler, text) => {
  expect(() => scheduleOf(scheduler)).toThrow(text)
})
