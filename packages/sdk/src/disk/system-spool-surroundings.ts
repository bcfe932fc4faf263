import { nodeModule } from '../node-module.ts'
import { nodeSpoolFiles } from './node-spool-files.ts'
import type { SpoolSurroundings } from './spool-surroundings.ts'
import { systemClock } from '../system-clock.ts'

/** The real world, with somewhere to say what is wrong with the spool. */
export function systemSpoolSurroundings(warn: (message: string) => void): SpoolSurroundings {
  return {
    clock: systemClock,
    random: Math.random,
    pid: process.pid,
    threadId: nodeModule('node:worker_threads').threadId,
    uid: process.geteuid?.(),
    files: nodeSpoolFiles,
    warn,
  }
}
