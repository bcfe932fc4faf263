import { openCrashRecords } from '../journal/crash-records.ts'
import type { OpenRunRecord } from '../journal/open-run-record.ts'
import { keyFingerprint } from '../key-fingerprint.ts'
import { openLatestEnds } from './latest-ends.ts'
import { claimLeftBehind, type LeftBehind } from '../journal/left-behind.ts'
import type { ProcessTable } from '../journal/process-table.ts'
import { instantOf, recordOf, type Destination, type SpoolablePing } from './spool-record.ts'
import type { SpoolSurroundings } from '../spool-surroundings.ts'
import { openSpool } from '../spool.ts'
import { supersededText } from './superseded-text.ts'

/** A ping that is on disk while this process goes on trying to deliver it. */
export interface HeldOnDisk {
  /** It was delivered, or will never be. Never rejects. */
  done(): Promise<void>
  /** Leaves it to later processes: true if it is theirs now. */
  leaveSync(): boolean
}

/** What a delivery keeps on disk. Nothing here throws or rejects. */
export interface DeliverySpool {
  /** True once the ping is on the disk. Stops the thread for about a millisecond. */
  keep(ping: SpoolablePing): boolean
  /** Puts an end on the disk in the background, so that it outlives this process; no other one touches it meanwhile. */
  hold(ping: SpoolablePing): Promise<HeldOnDisk | undefined>
  /** Notes that Crontify has heard of this end, so that nothing older is told any more. */
  delivered(ping: Pick<SpoolablePing, 'monitorId' | 'occurredAt'>): void
  /** Writes down that a run is open, so that the next process can tell if this one cannot. */
  openRun(monitorId: string, runId: string): OpenRunRecord | undefined
  /**
   * What earlier processes left, oldest first; each is handed to one process only. What a later run of the same
   * monitor has overtaken is not among it: a failure of that kind is warned of instead.
   *
   * @param monitorId  Only this monitor's. @default every monitor's
   */
  claim(monitorId?: string): Promise<readonly LeftBehind[]>
}

/** Opens a directory in which pings outlive the process. */
export type OpenSpool = (
  target: { readonly origin: string; readonly pathPrefix: string; readonly apiKey: string },
  directory: string,
  warn: (message: string) => void,
) => DeliverySpool

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
  const latest = openLatestEnds(spool.folder, destination)

  const isSuperseded = async ({ ping }: LeftBehind): Promise<boolean> => {
    const overtakenBy = await latest.of(ping.monitorId)
    return overtakenBy !== undefined && overtakenBy > ping.occurredAt
  }
  return {
    keep: (ping) => {
      const record = recordOf(ping, destination)
      return record !== undefined && spool.writeSync(record)
    },
    hold: async (ping) => {
      const record = recordOf(ping, destination)
      const claim = record && (await spool.writeClaimed(record))
      if (claim === undefined) return undefined
      return {
        done: () => claim.done().catch(() => {}),
        leaveSync: () => {
          try {
            claim.releaseSync()
            return true
          } catch {
            return false
          }
        },
      }
    },
    delivered: ({ monitorId, occurredAt }) => latest.note(monitorId, occurredAt),
    openRun: (monitorId, runId) => {
      const startedAt = instantOf(surroundings.clock.now())
      return startedAt === undefined
        ? undefined
        : crashes.open({ ...destination, monitorId, runId, startedAt })
    },
    claim: async (monitorId) => {
      const current: LeftBehind[] = []
      for (const left of await claimLeftBehind(spool, crashes, destination, monitorId)) {
        if (await isSuperseded(left)) {
          if (left.ping.kind === 'fail') surroundings.warn(supersededText(left.ping))
          await left.done()
        } else current.push(left)
      }
      return current
    },
  }
}
