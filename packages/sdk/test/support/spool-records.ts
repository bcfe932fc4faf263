import type { Destination, SpoolRecord } from '../../src/disk/queue/spool-record.ts'

export const DESTINATION: Destination = {
  origin: 'https://api.crontify.com',
  pathPrefix: '',
  keyFingerprint: '0123abcd',
}

/** A record of this kind, each with a run of its own. */
export function spoolRecord(fields: Partial<SpoolRecord> & { readonly runId: string }): SpoolRecord {
  return {
    version: 1,
    id: `${fields.runId}.${fields.kind ?? 'fail'}`,
    monitorId: 'nightly-backup',
    kind: 'fail',
    occurredAt: '2026-01-05T02:00:00.000Z',
    ...DESTINATION,
    ...fields,
  }
}
