import type { Clock } from '../system-clock.ts'
import { outputLines } from './output-lines.ts'
import { createOutputTail } from './output-tail.ts'
import { passOn } from './pass-on.ts'
import type { Job, JobStream } from './start-job.ts'

/** The lines that are kept of a job's output, without secrets. */
export interface OutputLines {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
}

/** How the output of a job ended. */
export type OutputEnd =
  | 'complete'
  /** Something that outlives the job has it open; another process goes on passing it. */
  | 'left'
  /** The same, and what it writes from now on is lost. */
  | 'lost'

/** What a job writes, on its way through us. */
export interface FollowedOutput {
  /** Resolves when all of it has passed, or when the job has ended and nothing has come for half a second. */
  finished(): Promise<OutputEnd>
  /** The first and the last lines of each stream. Where both share a pipe, `stdout` holds the lines of both. */
  lines(redact: (text: string) => string): OutputLines
}

const STDOUT = 1
const STDERR = 2
/** Milliseconds without a byte after the job's end: what is in the pipe by then has been read. */
const QUIET_MS = 500

export function followOutput(
  { stdout, stderr }: Pick<Job, 'stdout' | 'stderr'>,
  clock: Clock,
): FollowedOutput {
  let chunks = 0
  const follow = (stream: JobStream | undefined, descriptor: number) => {
    const tail = createOutputTail()
    const see = (chunk: Buffer): void => {
      chunks++
      tail.add(chunk)
    }
    return { tail, stream: stream && passOn(stream, descriptor, see, clock) }
  }
  const followed = [follow(stdout, STDOUT), follow(stderr, STDERR)] as const
  const streams = followed.map(({ stream }) => stream).filter((stream) => stream !== undefined)
  const open = new Set(streams)
  for (const stream of streams) void stream.passed.then(() => open.delete(stream))
  const passed = Promise.all(streams.map((stream) => stream.passed))
  return {
    finished: async () => {
      for (let before = -1; before !== chunks || streams.some((stream) => stream.isWriting());) {
        before = chunks
        const isOver = await Promise.race([passed.then(() => true), after(QUIET_MS, clock)])
        if (isOver) return 'complete'
      }
      return [...open].map((stream) => stream.leaveBehind()).every(Boolean) ? 'left' : 'lost'
    },
    lines: (redact) => ({
      stdout: outputLines(followed[0].tail.kept(), redact),
      stderr: outputLines(followed[1].tail.kept(), redact),
    }),
  }
}

function after(ms: number, clock: Clock): Promise<false> {
  return new Promise((resolve) => clock.schedule(() => resolve(false), ms))
}
