import { join } from 'node:path'
import type { Cancel } from '../clock.ts'
import { fileErrorCode } from './spool-files.ts'
import { claimName } from './queue/spool-name.ts'
import type { SpoolSurroundings } from './spool-surroundings.ts'

/** Milliseconds without a sign of life after which somebody else may take a claim over. */
export const CLAIM_LIFETIME_MS = 60_000
/** Milliseconds between two signs of life. */
export const CLAIM_REFRESH_MS = 10_000

/** One file that this process alone works on. */
export interface Claim {
  readonly path: string
  /** False if it was taken over meanwhile, say because this process was stopped for a minute. */
  isStillOurs(): Promise<boolean>
  /** The work is done: the file goes. */
  done(): Promise<void>
  /** The work is left to others: the file gets its name back. */
  release(): Promise<void>
  /** The same for an exit handler; throws the system's error. */
  releaseSync(): void
  /** The file goes to another folder under the same file system. */
  moveTo(path: string): Promise<void>
}

/** Claims files of one directory. */
export interface Claims {
  /**
   * Takes a file, or `undefined` if somebody was faster.
   *
   * @param name  Its name now; of a claim that has expired, the name of the claim.
   * @param original  Its name while nobody works on it.
   */
  take(name: string, original: string): Promise<Claim | undefined>
  /** A claim on a file that its caller is about to write at the claim's path. */
  own(original: string): Claim
  /** True if whoever made this claim has given no sign of life for a minute. */
  isExpired(name: string): Promise<boolean>
}

/**
 * A claim is a rename, and of several renames of one file the system lets one succeed.
 *
 * The sign of life is the file's date. It is renewed before the rename, because a rename keeps it: a claim that
 * looked old from its first moment could be taken over at once.
 */
export function createClaims(
  directory: string,
  surroundings: SpoolSurroundings,
  newToken: () => string,
): Claims {
  const { clock, files, pid } = surroundings
  const open = new Set<string>()
  let stopRefreshing: Cancel | undefined

  const refresh = (): void => {
    stopRefreshing = clock.schedule(
      () => {
        // What cannot be refreshed was taken over, or will be.
        for (const path of open) void files.touch(path, clock.now()).catch(() => {})
        refresh()
      },
      CLAIM_REFRESH_MS,
      false,
    )
  }
  const forget = (path: string): void => {
    open.delete(path)
    if (open.size > 0) return
    stopRefreshing?.()
    stopRefreshing = undefined
  }
  const settle = async (path: string, settling: () => Promise<void>): Promise<void> => {
    forget(path)
    await unlessGone(settling())
  }
  const pathOfClaim = (original: string): string => join(directory, claimName(original, pid, newToken()))
  const opened = (path: string, original: string): Claim => {
    open.add(path)
    if (stopRefreshing === undefined) refresh()
    const free = join(directory, original)
    return {
      path,
      isStillOurs: async () => {
        if (!open.has(path)) return false
        return files.touch(path, clock.now()).then(
          () => true,
          () => false,
        )
      },
      done: () => settle(path, () => files.remove(path)),
      release: () => settle(path, () => files.rename(path, free)),
      releaseSync: () => {
        forget(path)
        files.renameSync(path, free)
      },
      moveTo: (to) => settle(path, () => files.rename(path, to)),
    }
  }

  return {
    take: async (name, original) => {
      const path = pathOfClaim(original)
      const isTaken = await unlessGone(
        files
          .touch(join(directory, name), clock.now())
          .then(() => files.rename(join(directory, name), path))
          .then(() => true),
      )
      return isTaken === true ? opened(path, original) : undefined
    },
    own: (original) => opened(pathOfClaim(original), original),
    isExpired: async (name) => {
      const changedAt = await unlessGone(files.changedAt(join(directory, name)))
      // A date far in the future comes from a clock that was wrong, and would make the claim eternal.
      return changedAt !== undefined && Math.abs(clock.now() - changedAt) > CLAIM_LIFETIME_MS
    },
  }
}

/** The promise's value; `undefined` if the file is not there any more, which is how a race is lost. */
export async function unlessGone<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
