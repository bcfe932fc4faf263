import { join } from 'node:path'
import { createClaims, type Claim, type Claims } from './spool-claim.ts'
import { spoolDirectoryProblem } from './spool-directory.ts'
import { createSpoolHealth, type SpoolHealth } from './queue/spool-health.ts'
import type { SpoolSurroundings } from './spool-surroundings.ts'

/** Most unreadable files that are kept to be looked at. */
const MAX_BAD_FILES = 20
const BAD_FOLDER = 'bad'

/** The directory as pings and open runs share it. */
export interface SpoolFolder {
  readonly surroundings: SpoolSurroundings
  readonly health: SpoolHealth
  readonly claims: Claims
  readonly directory: string
  /** Letters, digits and dashes that no other file has, in any process that shares the directory. */
  newUnique(): string
  /** Puts a file that is not as we write them aside. */
  quarantine(claim: Claim, name: string): Promise<void>
}

/** Never throws: whatever is wrong with the directory is found at its first use, and warned of once. */
export function openSpoolFolder(directory: string, surroundings: SpoolSurroundings): SpoolFolder {
  const { clock, files, pid, threadId, uid, random, warn } = surroundings
  const problemOf = (): string | undefined => spoolDirectoryProblem(directory, files, uid)
  const newToken = (): string => `${randomWord(random)}${randomWord(random)}`
  const badFolder = join(directory, BAD_FOLDER)
  let counter = 0
  return {
    surroundings,
    directory,
    health: createSpoolHealth(directory, problemOf, clock, warn),
    claims: createClaims(directory, surroundings, newToken),
    // Processes in different containers can have the same number, hence the chance.
    newUnique: () => `${pid}-${threadId}-${counter++}-${newToken()}`,
    quarantine: async (claim, name) => {
      files.makeDirectorySync(badFolder)
      await claim.moveTo(join(badFolder, name))
      const kept = [...(await files.list(badFolder, 10 * MAX_BAD_FILES))].sort()
      for (const oldest of kept.slice(0, Math.max(0, kept.length - MAX_BAD_FILES))) {
        await files.remove(join(badFolder, oldest)).catch(() => {})
      }
    },
  }
}

function randomWord(random: () => number): string {
  return Math.floor(random() * 2 ** 32).toString(36)
}
