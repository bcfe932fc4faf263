import { defineMonitor } from '@crontify/sdk'
import { expect, it } from 'vitest'
import type { AgendaJobLike } from './agenda-binding.ts'
import { scheduleOf } from './schedule-of.ts'

const job = (attrs: Partial<AgendaJobLike['attrs']>): AgendaJobLike => ({
  attrs: { name: 'report', ...attrs },
})

it.each([
  [
    { repeatInterval: '0 2 * * *', repeatTimezone: 'Europe/Berlin' },
    { schedule: '0 2 * * *', timezone: 'Europe/Berlin', scheduleDialect: 'cron-parser' },
  ],
  [
    { repeatInterval: '*/10 * * * * *' },
    { schedule: '*/10 * * * * *', timezone: 'UTC', scheduleDialect: 'cron-parser' },
  ],
  [{ repeatInterval: '@daily' }, { schedule: '@daily', timezone: 'UTC', scheduleDialect: 'cron-parser' }],
  [{ repeatInterval: 90_000 }, { everySeconds: 90 }],
  [{ repeatInterval: '90000' }, { everySeconds: 90 }],
  [{ repeatInterval: '1 hour' }, { everySeconds: 3_600 }],
  [{ repeatInterval: '1.5 days' }, { everySeconds: 129_600 }],
  [{ repeatInterval: '30 Seconds' }, { everySeconds: 30 }],
])('reads %o', (attrs, schedule) => {
  expect(scheduleOf(job(attrs))).toEqual(schedule)
})

it('gives what a definition takes', () => {
  expect(defineMonitor({ id: 'report', ...scheduleOf(job({ repeatInterval: '1 hour' })) })).toMatchObject({
    everySeconds: 3_600,
  })
})

it.each([
  [{}, /null; it reads cron expressions/],
  [{ repeatAt: '3:30am' }, /"report" has no interval/],
  [{ repeatInterval: 'one day and two hours' }, /"one day and two hours"/],
  [{ repeatInterval: 0 }, /: 0;/],
])('refuses %o', (attrs, text) => {
  expect(() => scheduleOf(job(attrs))).toThrow(text)
})

it.each([
  [null, 'null'],
  [undefined, 'undefined'],
  ['0 2 * * *', 'a string'],
])('refuses %j, which is no job', (given, got) => {
  expect(() => scheduleOf(given as never)).toThrow(
    `scheduleOf takes a job of Agenda, what agenda.every resolves with, got ${got}`,
  )
})
