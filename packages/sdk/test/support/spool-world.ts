import { createVirtualClock, type VirtualClock } from '@crontify/alert-engine'
import { nodeSpoolFiles } from '../../src/disk/node-spool-files.ts'
import type { SpoolFiles } from '../../src/disk/spool-files.ts'
import type { SpoolSurroundings } from '../../src/disk/spool-surroundings.ts'

export interface SpoolWorld {
  readonly surroundings: SpoolSurroundings
  readonly clock: VirtualClock
  readonly warnings: string[]
  /** From now on, this operation ends in that error; `undefined` mends it. */
  breakFiles(operation: keyof SpoolFiles, code: string | undefined): void
}

/**
 * A world of its own for one process: real files, a clock that stands still, faults on demand.
 *
 * The clock begins at the machine's time, because the dates of real files are compared with it.
 */
export function spoolWorld(pid: number = process.pid): SpoolWorld {
  const clock = createVirtualClock({ startAt: Date.now() })
  const warnings: string[] = []
  const broken = new Map<keyof SpoolFiles, string>()
  let draw = 0
  const files = Object.fromEntries(
    Object.entries(nodeSpoolFiles).map(([operation, original]) => [
      operation,
      (...given: readonly unknown[]) => {
        const code = broken.get(operation as keyof SpoolFiles)
        if (code === undefined) return (original as (...given: readonly unknown[]) => unknown)(...given)
        const error = Object.assign(new Error(`${code}: injected`), { code })
        if (operation.endsWith('Sync')) throw error
        return Promise.reject(error)
      },
    ]),
  ) as unknown as SpoolFiles
  return {
    clock,
    warnings,
    breakFiles: (operation, code) =>
      void (code === undefined ? broken.delete(operation) : broken.set(operation, code)),
    surroundings: {
      clock: {
        now: clock.now,
        monotonic: clock.now,
        schedule: (callback, afterMs) => clock.schedule(callback, afterMs),
      },
      random: () => (draw++ % 1_000) / 1_000,
      pid,
      threadId: 0,
      uid: process.geteuid?.(),
      files,
      warn: (message) => void warnings.push(message),
    },
  }
}
