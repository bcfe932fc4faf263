import type { Clock } from '../system-clock.ts'
import { outputLines } from './output-lines.ts'
import { createOutputTail } from './output-tail.ts'
import { passOn } from './pass-on.ts'
import type { Job } from './start-job.ts'

/** What a job writes, on its way through us. */
export interface FollowedOutput {
  /** Waits until all of it has passed: true; false where something that outlives the job keeps it open. */
  finished(): Promise<boolean>
  /** The first and the last lines of each stream. */
  lines(): { readonly stdout: readonly string[]; readonly stderr: readonly string[] }
}

const STDOUT = 1
const STDERR = 2
/** Milliseconds without a byte after the job's end: what is in the pipe by then has been read. */
const QUIET_MS = 500

export function followOutput(job: Pick<Job, 'stdout' | 'stderr'>, clock: Clock): FollowedOutput {
  let chunks = 0
  const follow = (stream: Job['stdout'], descriptor: number) => {
    const tail = createOutputTail()
    const see = (chunk: Buffer): void => {
      chunks++
      tail.add(chunk)
    }
    return { tail, passed: stream === null ? undefined : passOn(stream, descriptor, see, clock) }
  }
  const stdout = follow(job.stdout, STDOUT)
  const stderr = follow(job.stderr, STDERR)
  const passed = Promise.all([stdout.passed, stderr.passed]).then(() => true)
  return {
    finished: async () => {
      for (let before = -1; before !== chunks;) {
        before = chunks
        const isOver = await Promise.race([passed, after(QUIET_MS, clock)])
        if (isOver) return true
      }
      return false
    },
    lines: () => ({ stdout: outputLines(stdout.tail.kept()), stderr: outputLines(stderr.tail.kept()) }),
  }
}

function after(ms: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => clock.schedule(() => resolve(false), ms))
}
