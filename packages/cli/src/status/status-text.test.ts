import { expect, it } from 'vitest'
import { statusText } from './status-text.ts'

const plain = (_color: unknown, text: string): string => text

it('shows until when a monitor is paused and why, as far as both were given', () => {
  const paused = [
    { monitorId: 'backup', until: '2026-01-05T06:00:00.000Z', reason: 'database migration' },
    { monitorId: 'sync', until: '2026-01-06T00:00:00.000Z' },
    { monitorId: 'report', reason: 'holiday' },
    { monitorId: 'export' },
  ]
  const report = { at: '2026-01-05T00:00:00.000Z', monitors: 4, attention: [], neverPinged: [], paused }

  expect(statusText(report, plain)).toContain(
    'Paused: backup (until 2026-01-05 06:00:00 UTC: database migration), ' +
      'sync (until 2026-01-06 00:00:00 UTC), report (holiday), export\n',
  )
})
