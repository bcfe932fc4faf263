import { isMonitorId, MAX_LOG_OUTPUT_LENGTH } from '@crontify/protocol'
import type { ProcessIdentity } from './process-table.ts'
import {
  isInstant,
  isRunId,
  plainFields,
  readDestination,
  readSpoolRecord,
  type Destination,
  type SpoolRecord,
} from '../queue/spool-record.ts'

/** A run, written down so that a later process can report its end if its own cannot. */
export interface CrashRecord extends Destination {
  readonly version: 1
  readonly monitorId: string
  readonly runId: string
  /** ISO-8601, UTC, with milliseconds. */
  readonly startedAt: string
  readonly process: ProcessIdentity
  /** The last lines of its log, already redacted. */
  readonly log: string
  /** How it ended, once it has: its end is then on its way. */
  readonly end?: SpoolRecord
}

const FIELDS = [
  'version',
  'monitorId',
  'runId',
  'startedAt',
  'process',
  'log',
  'end',
  'origin',
  'pathPrefix',
  'keyFingerprint',
]
const IDENTITY_FIELDS = ['host', 'boot', 'space', 'pid', 'startedAt']
const MAX_IDENTITY_LENGTH = 300

/** A record read back, or `undefined` if any part of it is not as we would have written it. */
export function readCrashRecord(value: unknown): CrashRecord | undefined {
  const fields = plainFields(value, FIELDS)
  if (fields === undefined || fields['version'] !== 1) return undefined
  const { monitorId, runId, startedAt, log } = fields
  const destination = readDestination(fields)
  const process = readIdentity(fields['process'])
  if (destination === undefined || process === undefined) return undefined
  if (!isMonitorId(monitorId) || !isRunId(runId) || !isInstant(startedAt)) return undefined
  if (typeof log !== 'string' || log.length > MAX_LOG_OUTPUT_LENGTH) return undefined
  const record = { version: 1, monitorId, runId, startedAt, process, log, ...destination } as const
  if (fields['end'] === undefined) return record
  const end = readSpoolRecord(fields['end'])
  return end?.runId === runId && end.monitorId === monitorId ? { ...record, end } : undefined
}

function readIdentity(value: unknown): ProcessIdentity | undefined {
  const { host, boot, space, pid, startedAt } = plainFields(value, IDENTITY_FIELDS) ?? {}
  if (!isShort(host) || !isShort(boot) || !isShort(space) || !isShort(startedAt)) return undefined
  // 0 and below would ask for groups of processes.
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined
  return { host, boot, space, pid, startedAt }
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_IDENTITY_LENGTH
}
