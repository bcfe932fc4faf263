import { expect, it } from 'vitest'
import type { MonitorSummary } from './monitor-summary.ts'
import { createOverviewChanges, withChanges } from './overview-changes.ts'

const monitor = (id: string, ended = 0): MonitorSummary => ({
  id,
  name: id,
  status: 'active',
  tags: [],
  graceSeconds: 60,
  ended,
  succeeded: ended,
  matched: 0,
  recentMs: [],
})
const ids = ({ monitors }: { readonly monitors: readonly { readonly id: string }[] }): string[] =>
  monitors.map(({ id }) => id)

it('sends everything first, then only what changed', () => {
  let now = [monitor('a'), monitor('b')]
  const changes = createOverviewChanges(() => now)
  const first = changes(undefined)
  expect([first.isWhole, ids(first)]).toEqual([true, ['a', 'b']])
  now = [monitor('a'), monitor('b', 1)]
  const second = changes(first.revision)
  expect(second).toEqual({
    revision: 2,
    isWhole: false,
    monitors: [{ id: 'b', ended: 1, succeeded: 1 }],
  })
  expect(ids(changes(second.revision))).toEqual([])
})

it('sends a page that fell behind everything that changed since its revision', () => {
  let now = [monitor('a'), monitor('b'), monitor('c')]
  const changes = createOverviewChanges(() => now)
  const { revision } = changes(undefined)
  now = [monitor('a', 1), monitor('b'), monitor('c')]
  changes(revision)
  now = [monitor('a', 1), monitor('b', 1), monitor('c')]
  expect(ids(changes(revision))).toEqual(['a', 'b'])
})

it('sends everything when monitors were added, removed or reordered, and for an unknown revision', () => {
  let now = [monitor('a'), monitor('b')]
  const changes = createOverviewChanges(() => now)
  let { revision } = changes(undefined)
  for (const next of [[monitor('a')], [monitor('a'), monitor('c')], [monitor('c'), monitor('a')]]) {
    now = next
    const answer = changes(revision)
    expect([answer.isWhole, ids(answer)]).toEqual([true, next.map(({ id }) => id)])
    revision = answer.revision
  }
  expect(changes(revision).isWhole).toBe(false)
  expect(changes(revision + 1).isWhole).toBe(true)
})

it('gives a page the same monitors as the server, also where fields come and go', () => {
  let now: MonitorSummary[] = [monitor('a'), monitor('b')]
  const changes = createOverviewChanges(() => now)
  let answer = changes(undefined)
  let page = withChanges([], answer)
  for (const next of [
    [{ ...monitor('a'), nextExpectedAt: '2026-01-05T00:00:00.000Z' }, monitor('b')],
    [monitor('a', 3), monitor('b', 2)],
    [monitor('a', 3), monitor('b', 2)],
    [monitor('b', 2)],
    [{ ...monitor('b', 2), p95Ms: 12, recentMs: [1, 2] }, monitor('a')],
  ] as MonitorSummary[][]) {
    now = next
    answer = changes(answer.revision)
    page = withChanges(page, JSON.parse(JSON.stringify(answer)) as typeof answer)
    expect(page).toEqual(next)
  }
})
