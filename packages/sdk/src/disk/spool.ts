import type { Claim } from './spool-claim.ts'
import { openSpoolFolder, type SpoolFolder } from './spool-folder.ts'
import { MAX_SPOOL_BYTES, MAX_SPOOL_FILES } from './queue/spool-limits.ts'
import { createSpoolReader, type ClaimedRecord, type ClaimMatch } from './queue/spool-reader.ts'
import type { SpoolRecord } from './queue/spool-record.ts'
import type { SpoolSurroundings } from './spool-surroundings.ts'
import { createSpoolWriter } from './queue/spool-writer.ts'

/** Where the spool lies, and how much it may hold. */
export interface SpoolOptions {
  /** Absolute path. Made if it is not there; refused if others may write to it. */
  readonly directory: string
  /** @default 1_000 */
  readonly maxFiles?: number
  /** @default 10_485_760, which is 10 MiB */
  readonly maxBytes?: number
}

/** What became of the records, as far as this process had to do with them. */
export interface SpoolStats {
  readonly written: number
  /** Not written: no directory, no space, too long. The caller still has them. */
  readonly notWritten: number
  readonly claimed: number
  readonly done: number
  readonly released: number
  /** Deleted to keep within the limits. */
  readonly droppedForSpace: number
  /** Deleted because they were too old to be told. */
  readonly expired: number
  /** Put aside because they were not as they should be. */
  readonly unreadable: number
  /** Why nothing is kept on disk at the moment; `undefined` while all is well. */
  readonly unusable: string | undefined
}

/**
 * Keeps ends of runs on disk until they can be delivered, across processes.
 *
 * Nothing here throws or rejects. A failing disk costs one warning and a minute without spool.
 */
export interface Spool {
  /** What open runs share with it. */
  readonly folder: SpoolFolder
  /** True once the record is on the disk. */
  write(record: SpoolRecord): Promise<boolean>
  /** Writes a record that this process goes on working on; `undefined` if it could not be written. */
  writeClaimed(record: SpoolRecord): Promise<Claim | undefined>
  /** The same as `write` for an exit handler; holds the thread for about a millisecond, on a slow disk for longer. */
  writeSync(record: SpoolRecord): boolean
  /**
   * Takes records to deliver, oldest first. Looks at 1,000 files at most, and on the way removes what is too old
   * and puts aside what is broken; what belongs to another key or address is left alone.
   */
  claim(match: ClaimMatch): Promise<readonly ClaimedRecord[]>
  stats(): SpoolStats
}

/** Looks at the directory at once, so that a wrong one is heard of before it is needed. */
export function openSpool(options: SpoolOptions, surroundings: SpoolSurroundings): Spool {
  const { directory, maxFiles = MAX_SPOOL_FILES, maxBytes = MAX_SPOOL_BYTES } = options
  const folder = openSpoolFolder(directory, surroundings)
  const writer = createSpoolWriter(folder, { maxFiles, maxBytes })
  const reader = createSpoolReader(folder)
  folder.health.isUsable()
  return {
    folder,
    write: writer.write,
    writeClaimed: writer.writeClaimed,
    writeSync: writer.writeSync,
    claim: reader.claim,
    stats: () => ({ ...writer.counts(), ...reader.counts(), unusable: folder.health.reason() }),
  }
}
