import { readSchedule } from '@crontify/protocol'
import { describe, expect, it } from 'vitest'
import { vixieInstants } from './debian-cron.ts'

// As `crontab -n` of Debian's cron 3.0pl1-162 answers.
it.each<[string, boolean]>([
  ['5/15 * * * *', false],
  ['0 9 * * sun-tue', true],
  ['*/90 * * * *', true],
  ['0 9 * * monday', false],
  ['0 9 * jan,FEB *', true],
  ['0-30/7 * * * *', true],
  ['*,5 * * * *', true],
  ['0 9 ? * *', false],
  ['0 9 * * 5-7', true],
  ['0 9 * * 0,7', true],
  ['@midnight', true],
  ['@Daily', false],
  ['0/5 * * * *', false],
  ['0 9 * * mon-fri/2', true],
  ['60 * * * *', false],
  ['* * * * 8', false],
  ['*/0 * * * *', false],
  ['1-5,3 * * * *', true],
  ['0 0 L * *', false],
  ['007 0 1 * *', true],
])('accepts %s as crontab does: %s', (expression, isAccepted) => {
  expect(readSchedule(expression, 'vixie').fields !== undefined).toBe(isAccepted)
})

describe('the model of the main loop', () => {
  const night = {
    timezone: 'Europe/Berlin',
    from: Date.UTC(2027, 2, 27, 22),
    until: Date.UTC(2027, 2, 28, 4),
  }
  const started = (expression: string): readonly string[] =>
    vixieInstants(expression, night).map((instant) => new Date(instant).toISOString().slice(11, 16))

  it('starts a fixed time that is skipped as soon as the clock has changed', () => {
    expect(started('30 2 * * *')).toEqual(['01:00'])
  })

  it('starts a wildcard only at times that exist', () => {
    expect(started('*/30 1-3 * * *')).toEqual(['00:00', '00:30', '01:00', '01:30'])
  })
})
