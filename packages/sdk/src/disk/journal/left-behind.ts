import type { FailBody } from '@crontify/protocol'
import type { CrashRecords } from './crash-records.ts'
import type { DeadRun } from './dead-runs.ts'
import type { ClaimedRecord } from '../queue/spool-reader.ts'
import type { Destination, SpoolablePing, SpoolRecord } from '../queue/spool-record.ts'
import type { Spool } from '../spool.ts'

/** A ping that an earlier process could not deliver, or a run that its process did not survive. */
export interface LeftBehind {
  readonly ping: SpoolablePing
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
  // A process that died between the two has the end in the queue and in the journal.
  const queued = new Set(pings.map(({ record }) => record.runId))
  const left = pings.map(ofPing)
  for (const run of runs) {
    if (queued.has(run.record.runId)) await run.done()
    else left.push(ofRun(run))
  }
  return left.sort((one, other) => one.ping.occurredAt - other.ping.occurredAt)
}

function ofPing({ record, done, release }: ClaimedRecord): LeftBehind {
  return { ping: pingOf(record), done, release }
}

function ofRun({ record, done, release }: DeadRun): LeftBehind {
  if (record.end !== undefined) return { ping: pingOf(record.end), done, release }
  const { monitorId, runId, startedAt, log } = record
  const body: FailBody = { errorMessage: CRASH_MESSAGE, ...(log === '' ? {} : { logOutput: log }) }
  // When it died is not known; it began then.
  const occurredAt = Date.parse(startedAt)
  return { ping: { id: `${runId}.fail`, monitorId, runId, kind: 'fail', body, occurredAt }, done, release }
}

function pingOf({ id, monitorId, runId, kind, body, occurredAt }: SpoolRecord): SpoolablePing {
  return { id, monitorId, runId, kind, body, occurredAt: Date.parse(occurredAt) }
}
