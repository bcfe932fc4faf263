import type { Clock } from '../../clock.ts'
import { fileErrorCode } from '../spool-files.ts'

/** Milliseconds for which the disk is left alone after it failed. */
export const REST_MS = 60_000

/** Whether the directory is worth a try. */
export interface SpoolHealth {
  /** True if files may be touched now. After a rest, the directory is looked at anew. */
  isUsable(): boolean
  /** Says that a file operation failed. Warns, unless it has warned since one last worked. */
  failed(doing: string, error: unknown): void
  worked(): void
  /** Why nothing is kept on disk; `undefined` while all is well. */
  reason(): string | undefined
}

/**
 * A full or broken disk costs one failed operation and one warning, and then a minute of peace. Pings stay in
 * memory meanwhile.
 */
export function createSpoolHealth(
  directory: string,
  problemOf: () => string | undefined,
  clock: Clock,
  warn: (message: string) => void,
): SpoolHealth {
  let reason: string | undefined
  let restsUntil = -Infinity
  let isFresh = false
  let hasWarned = false
  const rest = (why: string): void => {
    reason = why
    isFresh = false
    restsUntil = clock.monotonic() + REST_MS
    if (hasWarned) return
    hasWarned = true
    warn(`The spool directory "${directory}" cannot be used: ${why}. Pings are kept in memory only`)
  }
  return {
    isUsable: () => {
      if (clock.monotonic() < restsUntil) return false
      if (isFresh) return true
      const problem = problemOf()
      if (problem !== undefined) {
        rest(problem)
        return false
      }
      reason = undefined
      isFresh = true
      return true
    },
    failed: (doing, error) => rest(`${doing} failed (${fileErrorCode(error) ?? 'no code'})`),
    worked: () => {
      hasWarned = false
    },
    reason: () => reason,
  }
}
