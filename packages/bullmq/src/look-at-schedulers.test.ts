import { expect, it } from 'vitest'
import { lookAtSchedulers, noticeKey } from './look-at-schedulers.ts'

const NOON = Date.UTC(2026, 10, 24, 12)

const look = (next: number | undefined, expectedIds: readonly string[] = []) =>
  lookAtSchedulers({
    schedulers: [{ key: 'nightly-report', next }],
    expectedIds,
    now: NOON,
    lateAfterMs: 60_000,
  })

it('finds a scheduler overdue once its firing lies further back than is tolerated', () => {
  expect(look(NOON - 60_000)).toEqual([])
  expect(look(NOON - 60_001)).toEqual([
    { kind: 'overdue', schedulerId: 'nightly-report', expectedAt: new Date(NOON - 60_001), lateByMs: 60_001 },
  ])
  expect(look(NOON + 1)).toEqual([])
  expect(look(undefined)).toEqual([])
})

it('finds an id that the queue does not have, and the one that was probably meant', () => {
  expect(look(undefined, ['nightly-reports'])).toEqual([
    { kind: 'unknown-scheduler', schedulerId: 'nightly-reports', nearest: 'nightly-report' },
  ])
  expect(look(undefined, ['billing'])).toMatchObject([{ schedulerId: 'billing', nearest: undefined }])
})

it('does not offer an id that has its monitor already', () => {
  expect(look(undefined, ['nightly-report', 'nightly-reports'])).toMatchObject([{ nearest: undefined }])
})

it('tells two firings of a scheduler apart', () => {
  const [first, second] = [...look(NOON - 70_000), ...look(NOON - 80_000)].map(noticeKey)

  expect(first).not.toBe(second)
})
