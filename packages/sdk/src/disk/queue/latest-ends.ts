import { join } from 'node:path'
import { unlessGone } from '../spool-claim.ts'
import type { SpoolFolder } from '../spool-folder.ts'
import { latestName, unfinishedName } from './spool-name.ts'
import type { Destination } from './spool-record.ts'

/**
 * Remembers for each monitor when the latest run ended that Crontify heard of, for all processes that share the
 * directory. What happened before it is history: delivered now, it would pass for the monitor's last word.
 */
export interface LatestEnds {
  /** Notes it in the background. Never throws. */
  note(monitorId: string, occurredAt: number): void
  /** Milliseconds since 1970; `undefined` where nothing is known. Never rejects. */
  of(monitorId: string): Promise<number | undefined>
}

/** The instant is the date of an empty file, so that it costs no writing. */
export function openLatestEnds(folder: SpoolFolder, destination: Destination): LatestEnds {
  const { directory, health, surroundings } = folder
  const { files } = surroundings
  const pathOf = (monitorId: string): string => join(directory, latestName(destination, monitorId))
  const noting = new Map<string, number>()

  const isKnown = async (path: string, at: number): Promise<boolean> => {
    const known = await unlessGone(files.changedAt(path))
    return known !== undefined && known >= at
  }
  const noteNow = async (path: string, at: number): Promise<void> => {
    if (await isKnown(path, at)) return
    const isThere = await unlessGone(files.touch(path, at).then(() => true))
    if (isThere === true) return
    // Dated before it has its name: a new file is of now, and would make history of every failure before now.
    const unfinished = join(directory, unfinishedName(folder.newUnique()))
    await files.writeNew(unfinished, '')
    await files.touch(unfinished, at)
    await files.rename(unfinished, path)
  }
  const noteAll = async (monitorId: string): Promise<void> => {
    try {
      for (let at = noting.get(monitorId); at !== undefined;) {
        await noteNow(pathOf(monitorId), at)
        const next = noting.get(monitorId)
        at = next === at ? undefined : next
      }
    } catch (error) {
      health.failed('writing', error)
    } finally {
      noting.delete(monitorId)
    }
  }

  return {
    note: (monitorId, occurredAt) => {
      if (!Number.isFinite(occurredAt) || !health.isUsable()) return
      const before = noting.get(monitorId)
      noting.set(monitorId, Math.max(before ?? -Infinity, occurredAt))
      if (before === undefined) void noteAll(monitorId)
    },
    of: (monitorId) => unlessGone(files.changedAt(pathOf(monitorId))).catch(() => undefined),
  }
}
