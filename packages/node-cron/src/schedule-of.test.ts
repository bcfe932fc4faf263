import { defineMonitor } from '@crontify/sdk'
import cron from 'node-cron'
import { expect, it } from 'vitest'
import { scheduleOf } from './schedule-of.ts'

it.each([
  ['a function', () => {}],
  ['a file', './backup.js'],
])('gives the schedule of a task that runs %s', (_name, job) => {
  const task = cron.createTask('0 2 * * *', job, { timezone: 'Europe/Berlin' })

  const definition = defineMonitor({ id: 'nightly-backup', ...scheduleOf(task) })

  expect(definition).toMatchObject({
    schedule: '0 2 * * *',
    timezone: 'Europe/Berlin',
    scheduleDialect: 'node-cron',
  })
})

it('takes a task without a time zone for one in UTC', () => {
  expect(scheduleOf(cron.createTask('*/5 * * * *', () => {})).timezone).toBe('UTC')
})

it.each([
  ['a function', () => {}, 'a function'],
  ['a text', '0 2 * * *', 'a string'],
  ['nothing', undefined, 'undefined'],
])('refuses %s', (_name, wrong, found) => {
  expect(() => scheduleOf(wrong as never)).toThrow(`this is ${found}`)
})

it.each([
  '0 9 1-7 * 1',
  '0 9 L-3 * *',
  '0 22-2 * * *',
  '0 9 * * Friday-mon',
  '0 9 * january 7',
  '0 9 LW,3 * *',
  '0 9 * * 1#2,5L',
])('gives what only node-cron accepts in a form that definitions accept: %s', (pattern) => {
  const task = cron.createTask(pattern, () => {}, { timezone: 'UTC' })

  expect(() => defineMonitor({ id: 'job', ...scheduleOf(task) })).not.toThrow()
})
