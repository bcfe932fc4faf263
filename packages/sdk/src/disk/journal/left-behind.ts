import type { FailBody } from '@crontify/protocol'
import type { HeldPing } from '../../delivery/held-ping.ts'
import type { CrashRecords, DeadRun } from './crash-records.ts'
import type { ClaimedRecord } from '../queue/spool-reader.ts'
import type { Destination } from '../queue/spool-record.ts'
import type { Spool } from '../spool.ts'

/** A ping that an earlier process could not deliver, or a run that its process did not survive. */
export interface LeftBehind {
  readonly ping: Pick<HeldPing, 'id' | 'monitorId' | 'runId' | 'kind' | 'body' | 'occurredAt'>
  /** It was delivered, or will never be. Never rejects. */
  done(): Promise<void>
  /** It could not be delivered now. Never rejects. */
  release(): Promise<void>
}

/** What a dead process's run is reported with. */
const CRASH_MESSAGE = 'the process ended without reporting'

/** Takes what earlier processes left, oldest first. Never rejects. */
export async function claimLeftBehind(
  spool: Spool,
  crashes: CrashRecords,
  destination: Destination,
  monitorId: string | undefined,
): Promise<readonly LeftBehind[]> {
  const pings = await spool.claim({ ...destination, ...(monitorId === undefined ? {} : { monitorId }) })
  const runs = await crashes.claimDeadRuns(destination, monitorId)
  const left = [...pings.map(ofPing), ...runs.map(ofRun)]
  return left.sort((one, other) => one.ping.occurredAt - other.ping.occurredAt)
}

function ofPing({ record, done, release }: ClaimedRecord): LeftBehind {
  const { id, monitorId, runId, kind, body } = record
  return {
    ping: { id, monitorId, runId, kind, body, occurredAt: Date.parse(record.occurredAt) },
    done,
    release,
  }
}

function ofRun({ record, done, release }: DeadRun): LeftBehind {
  const { monitorId, runId, startedAt, log } = record
  const body: FailBody = { errorMessage: CRASH_MESSAGE, ...(log === '' ? {} : { logOutput: log }) }
  // When it died is not known; it began then.
  const occurredAt = Date.parse(startedAt)
  return { ping: { id: `${runId}.fail`, monitorId, runId, kind: 'fail', body, occurredAt }, done, release }
}
