import type { OpenRunRecord } from './crash-records.ts'
import { openCrashRecords } from './crash-records.ts'
import type { HeldPing } from '../delivery/held-ping.ts'
import { isEnd } from '../delivery/held-ping.ts'
import { keyFingerprint } from './key-fingerprint.ts'
import type { ProcessTable } from './process-table.ts'
import type { Destination } from './spool-record.ts'
import { openSpool } from './spool.ts'
import type { SpoolSurroundings } from './spool-surroundings.ts'

/** A ping that an earlier process could not deliver, or a run that its process did not survive. */
export interface LeftBehind {
  readonly ping: Pick<HeldPing, 'id' | 'monitorId' | 'runId' | 'kind' | 'body' | 'occurredAt'>
  /** It was delivered, or will never be. Never rejects. */
  done(): Promise<void>
  /** It could not be delivered now. Never rejects. */
  release(): Promise<void>
}

/** What a delivery keeps on disk. Nothing here throws or rejects. */
export interface DeliverySpool {
  /** True once the ping is on the disk. Stops the thread for about a millisecond. */
  keep(ping: HeldPing): boolean
  /** Writes down that a run is open, so that the next process can tell if this one cannot. */
  openRun(monitorId: string, runId: string): OpenRunRecord | undefined
  /** What earlier processes left, oldest first; each is handed to one process only. */
  claim(): Promise<readonly LeftBehind[]>
}

/** What a dead process's run is reported with. */
const CRASH_MESSAGE = 'the process ended without reporting'

/** The spool of one key and destination in a directory. */
export function openDeliverySpool(
  target: { readonly origin: string; readonly pathPrefix: string; readonly apiKey: string },
  directory: string,
  surroundings: SpoolSurroundings,
  processes: ProcessTable,
): DeliverySpool {
  const { origin, pathPrefix } = target
  const destination: Destination = { origin, pathPrefix, keyFingerprint: keyFingerprint(target.apiKey) }
  const spool = openSpool({ directory }, surroundings)
  const crashes = openCrashRecords(spool.folder, processes)

  const claimPings = async (): Promise<LeftBehind[]> =>
    (await spool.claim(destination)).map(({ record, done, release }) => ({
      ping: {
        id: record.id,
        monitorId: record.monitorId,
        runId: record.runId,
        kind: record.kind,
        body: record.body,
        occurredAt: Date.parse(record.occurredAt),
      },
      done,
      release,
    }))
  const claimRuns = async (): Promise<LeftBehind[]> =>
    (await crashes.claimDeadRuns(destination)).map(({ record, done, release }) => ({
      ping: {
        id: `${record.runId}.fail`,
        monitorId: record.monitorId,
        runId: record.runId,
        kind: 'fail',
        body: { errorMessage: CRASH_MESSAGE, ...(record.log === '' ? {} : { logOutput: record.log }) },
        // When it died is not known; it began then.
        occurredAt: Date.parse(record.startedAt),
      },
      done,
      release,
    }))
  return {
    keep: (ping) => {
      const { id, monitorId, runId, kind, body } = ping
      const occurredAt = instantOf(ping.occurredAt)
      if (!isEnd(ping) || kind === 'start' || occurredAt === undefined) return false
      const record = { version: 1, id, monitorId, runId, kind, occurredAt, ...destination } as const
      return spool.writeSync(body === undefined ? record : { ...record, body })
    },
    openRun: (monitorId, runId) => {
      const startedAt = instantOf(surroundings.clock.now())
      return startedAt === undefined
        ? undefined
        : crashes.open({ ...destination, monitorId, runId, startedAt })
    },
    claim: async () => {
      const left = [...(await claimPings()), ...(await claimRuns())]
      return left.sort((one, other) => one.ping.occurredAt - other.ping.occurredAt)
    },
  }
}

/** `undefined` where the clock has been replaced by something that tells no time. */
function instantOf(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
