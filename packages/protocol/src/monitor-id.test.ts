import { expect, it } from 'vitest'
import { pingPath, runLogPath } from './endpoints.ts'
import { isMonitorId } from './monitor-id.ts'

it.each([
  ['clx123', true],
  ['nightly-backup_2', true],
  ['m'.repeat(128), true],
  ['m'.repeat(129), false],
  ['', false],
  ['.', false],
  ['..', false],
  ['a/b', false],
  ['a%2fb', false],
  ['a b', false],
  ['ä', false],
  [7, false],
])('says of %s as a monitor id: %s', (value, is) => {
  expect(isMonitorId(value)).toBe(is)
})

// [D PINGHTTP]
it('builds the documented paths', () => {
  expect(pingPath('clx123', 'success')).toBe('/api/v1/ping/clx123/success')
  expect(runLogPath('clx123', 'cly456')).toBe('/api/v1/monitors/clx123/runs/cly456/log')
})
