import type { Clock } from '../clock.ts'
import type { SpoolFiles } from './spool-files.ts'

/** What the spool takes from the world. */
export interface SpoolSurroundings {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly pid: number
  /** 0 in the main thread. */
  readonly threadId: number
  /** The user that this process acts as; `undefined` where the system has no such number. */
  readonly uid: number | undefined
  readonly files: SpoolFiles
  readonly warn: (message: string) => void
}
