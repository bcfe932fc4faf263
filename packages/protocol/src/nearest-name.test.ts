import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const KNOWN = ['id', 'schedule', 'timezone', 'graceSeconds', 'everySeconds', 'records_processed']

it.each([
  ['timeZone', 'timezone'],
  ['grace', 'graceSeconds'],
  ['grace_seconds', 'graceSeconds'],
  ['shedule', 'schedule'],
  ['recordsProcessed', 'records_processed'],
  ['records_procesed', 'records_processed'],
  ['ids', 'id'],
])('takes %s for %s', (name, meant) => {
  expect(nearestName(name, KNOWN)).toBe(meant)
})

it.each(['', 'cron', 'x', 'interval', 'a'.repeat(100_000)])('does not guess what %s means', (name) => {
  expect(nearestName(name, KNOWN)).toBeUndefined()
})
