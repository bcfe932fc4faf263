import { join } from 'node:path'
import { unlessGone, type Claim } from '../spool-claim.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { MAX_FILE_BYTES, unframe } from './spool-frame.ts'
import { isExpired, MAX_NAMES_LOOKED_AT } from './spool-limits.ts'
import { destinationHash, readSpoolName } from './spool-name.ts'
import { isSameDestination, readSpoolRecord, type Destination, type SpoolRecord } from './spool-record.ts'

/** Which records are wanted. */
export interface ClaimMatch extends Destination {
  /** Only this monitor's. @default every monitor's */
  readonly monitorId?: string
  /** Most records in one go. @default 100 */
  readonly atMost?: number
}

/** A record that no other process delivers at the same time. Its methods never reject. */
export interface ClaimedRecord {
  /** As it was written, but not dated in the future. */
  readonly record: SpoolRecord
  /**
   * To be asked before sending, if time has passed since the claim: false if this process gave no sign of life
   * for a minute and another one took over.
   */
  isStillOurs(): Promise<boolean>
  /** It was delivered, or will never be. */
  done(): Promise<void>
  /** It could not be delivered now. */
  release(): Promise<void>
}

/** Takes records from the disk. */
export interface SpoolReader {
  /** Never rejects; what can be had in spite of a failing disk is returned. */
  claim(match: ClaimMatch): Promise<readonly ClaimedRecord[]>
  counts(): {
    readonly claimed: number
    readonly done: number
    readonly released: number
    readonly expired: number
    readonly unreadable: number
  }
}

const DEFAULT_CLAIMS = 100
/** Milliseconds after which a file that was never finished belongs to a dead process. */
const ORPHANED_AFTER_MS = 10 * 60_000

/** Reads what other processes, or hostile hands, have left in the directory. */
export function createSpoolReader(folder: SpoolFolder): SpoolReader {
  const { claims, directory, health, surroundings } = folder
  const { clock, files } = surroundings
  const counts = { claimed: 0, done: 0, released: 0, expired: 0, unreadable: 0 }

  /** The record if it may be delivered; otherwise the file is dealt with here. */
  const opened = async (claim: Claim, name: string, match: ClaimMatch): Promise<SpoolRecord | undefined> => {
    const bytes = await files.read(claim.path, MAX_FILE_BYTES)
    const record = readSpoolRecord(bytes && unframe(bytes)?.value)
    // The name promised this destination, so a record for another one was not put there by us.
    if (record === undefined || !isNameOf(name, record) || !isSameDestination(record, match)) {
      counts.unreadable++
      await folder.quarantine(claim, name)
      return undefined
    }
    const now = clock.now()
    const occurredAt = Date.parse(record.occurredAt)
    if (isExpired(record.kind, occurredAt, now)) {
      counts.expired++
      await claim.done()
      return undefined
    }
    return occurredAt <= now ? record : { ...record, occurredAt: new Date(now).toISOString() }
  }

  const asClaimed = (claim: Claim, record: SpoolRecord): ClaimedRecord => {
    let isSettled = false
    const settle = async (how: 'done' | 'released', settling: () => Promise<void>): Promise<void> => {
      if (isSettled) return
      isSettled = true
      counts[how]++
      await settling().catch((error: unknown) => health.failed('removing', error))
    }
    return {
      record,
      isStillOurs: () => claim.isStillOurs(),
      done: () => settle('done', () => claim.done()),
      release: () => settle('released', () => claim.release()),
    }
  }

  return {
    claim: async (match) => {
      const claimed: ClaimedRecord[] = []
      if (!health.isUsable()) return claimed
      try {
        const names = await files.list(directory, MAX_NAMES_LOOKED_AT)
        await removeOrphans(folder, names)
        for (const { name, original } of await waiting(folder, names, match)) {
          if (claimed.length >= (match.atMost ?? DEFAULT_CLAIMS)) break
          const claim = await claims.take(name, original)
          if (claim === undefined) continue
          const record = await orReleased(claim, opened(claim, original, match))
          if (record === undefined) continue
          counts.claimed++
          claimed.push(asClaimed(claim, record))
        }
      } catch (error) {
        health.failed('reading', error)
      }
      return claimed
    },
    counts: () => ({ ...counts }),
  }
}

/** Removes what dead writers left half-way. */
async function removeOrphans(
  { directory, surroundings }: SpoolFolder,
  names: readonly string[],
): Promise<void> {
  const { clock, files } = surroundings
  for (const name of names) {
    if (readSpoolName(name)?.type !== 'unfinished') continue
    const changedAt = await unlessGone(files.changedAt(join(directory, name)))
    if (changedAt === undefined || clock.now() - changedAt <= ORPHANED_AFTER_MS) continue
    await unlessGone(files.remove(join(directory, name)))
  }
}

/** Files that match by name and that nobody works on any more, oldest first. */
async function waiting({ claims }: SpoolFolder, names: readonly string[], match: ClaimMatch) {
  const destination = destinationHash(match)
  const found: { readonly name: string; readonly original: string }[] = []
  for (const name of names) {
    const read = readSpoolName(name)
    const original = read?.type === 'claim' ? read.of : name
    const ping = readSpoolName(original)
    if (ping?.type !== 'ping' || ping.destination !== destination) continue
    if (match.monitorId !== undefined && ping.monitorId !== match.monitorId) continue
    if (read?.type === 'claim' && !(await claims.isExpired(name))) continue
    found.push({ name, original })
  }
  // Names begin with the date, in 13 digits.
  return found.sort((one, other) => (one.original < other.original ? -1 : 1))
}

/** Gives a file back that could not be read, or else this process would keep it for as long as it lives. */
export async function orReleased<Value>(claim: Claim, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    await claim.release().catch(() => {})
    throw error
  }
}

/** A record under another's name was not put there by us. */
function isNameOf(name: string, record: SpoolRecord): boolean {
  const read = readSpoolName(name)
  return (
    read?.type === 'ping' &&
    read.occurredAt === Date.parse(record.occurredAt) &&
    read.kind === record.kind &&
    read.monitorId === record.monitorId
  )
}
