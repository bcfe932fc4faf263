import { expect, it } from 'vitest'
import { spoolRecord } from '../../../test/support/spool-records.ts'
import { isExpired, namesToDrop } from './spool-limits.ts'
import { claimName, pingName, readSpoolName } from './spool-name.ts'

const MINUTE_MS = 60_000

function name(kind: 'success' | 'fail', minute: number, bytes = 100): string {
  const occurredAt = new Date(Date.parse('2026-01-05T02:00:00Z') + minute * MINUTE_MS).toISOString()
  return pingName(spoolRecord({ runId: 'run-1', kind, occurredAt }), bytes, `7-0-${minute}-abc`)
}

it('tells a failure for a day and a success for a quarter of an hour', () => {
  expect(isExpired('fail', 0, 24 * 60 * MINUTE_MS)).toBe(false)
  expect(isExpired('fail', 0, 24 * 60 * MINUTE_MS + 1)).toBe(true)
  expect(isExpired('success', 0, 15 * MINUTE_MS)).toBe(false)
  expect(isExpired('success', 0, 15 * MINUTE_MS + 1)).toBe(true)
})

it('takes a date in the future for new', () => {
  expect(isExpired('success', 1e13 - 1, 0)).toBe(false)
})

it('drops nothing within the limits', () => {
  expect(namesToDrop([name('fail', 0), name('success', 1)], 2, 200)).toEqual([])
})

it('drops the oldest success first, then the oldest failure', () => {
  const names = [name('fail', 1), name('success', 3), name('fail', 0), name('success', 2)]

  expect(namesToDrop(names, 3, 1_000)).toEqual([name('success', 2)])
  expect(namesToDrop(names, 1, 1_000)).toEqual([name('success', 2), name('success', 3), name('fail', 0)])
})

it('drops until the bytes fit, too', () => {
  const names = [name('fail', 0, 300), name('fail', 1, 300), name('fail', 2, 300)]

  expect(namesToDrop(names, 10, 899)).toEqual([name('fail', 0, 300)])
  expect(namesToDrop(names, 10, 900)).toEqual([])
})

it('counts what is being worked on, and leaves it', () => {
  const claimed = claimName(name('success', 0), 7, 'abc')

  expect(namesToDrop([claimed, name('fail', 1)], 1, 1_000)).toEqual([name('fail', 1)])
})

it('neither counts nor drops files of others', () => {
  const others = ['notes.txt', 'bad', '7-0-1-abc.unfinished', `${name('fail', 0)}.bak`]

  expect(namesToDrop([...others, name('fail', 1)], 1, 1_000)).toEqual([])
})

it('reads its own names, the longest too', () => {
  const longest = pingName(
    spoolRecord({ runId: 'run-1', monitorId: 'm'.repeat(128) }),
    65_536,
    '4194304-9999-999999-1z141z31z141z3',
  )

  expect(readSpoolName(longest)).toMatchObject({ type: 'ping', kind: 'fail', bytes: 65_536 })
  // What file systems take.
  expect(claimName(longest, 4_194_304, '1z141z31z141z3').length).toBeLessThanOrEqual(255)
})
