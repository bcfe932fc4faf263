import { expect, it } from 'vitest'
import { accepted, startServer } from './server.ts'

it('shows which alerts a cooldown suppressed, and until when', async () => {
  const server = await startServer({ monitors: [{ id: 'sync', cooldownSeconds: 3_600 }] })
  for (const kind of ['fail', 'success', 'fail', 'success'] as const) await accepted(server, 'sync', kind)

  expect(server.alerts().map(({ type, suppressed }) => [type, suppressed])).toEqual([
    ['failure', undefined],
    ['recovery', undefined],
    ['failure', { reason: 'cooldown', untilAt: '2026-01-05T01:00:00.000Z' }],
    ['recovery', { reason: 'outageNotNotified' }],
  ])
})

// [D RUNS]
it('flags a slow run', async () => {
  const server = await startServer({ monitors: [{ id: 'sync', slow: { afterRuns: 2 } }] })
  for (const duration of ['1m', '1m', '3m']) {
    await accepted(server, 'sync', 'start')
    await server.advance(duration)
    await accepted(server, 'sync', 'success')
  }

  expect(server.runs('sync').map(({ isDurationAnomaly }) => isDurationAnomaly)).toEqual([
    undefined,
    undefined,
    true,
  ])
  expect(server.alerts()).toMatchObject([{ type: 'slow', details: { usualMs: 60_000, durationMs: 180_000 } }])
})
