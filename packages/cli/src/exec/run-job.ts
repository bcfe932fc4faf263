import type { World } from '../world.ts'
import type { ExecOptions } from './exec-options.ts'
import { followOutput, type FollowedOutput } from './follow-output.ts'
import { forwardSignals } from './forward-signals.ts'
import type { JobEnd } from './job-end.ts'
import { createMetaFile, readMetaFile } from './meta-file.ts'
import { planOutput } from './output-plan.ts'
import { parseMeta } from './parse-meta.ts'
import { createRunFolder } from './run-folder.ts'
import { startJob, type Job } from './start-job.ts'
import { watchDeadline } from './watch-deadline.ts'

/** A job that has ended. */
export interface JobOutcome {
  readonly end: JobEnd
  readonly durationMs: number
  /** True if the job was stopped because it exceeded its time limit. */
  readonly timedOut: boolean
  /** What it wrote to `$CRONTIFY_META_FILE`. */
  readonly meta: Readonly<Record<string, number>>
  readonly output: FollowedOutput
}

/** A job under way. */
export interface RunningJob {
  readonly pid: number | undefined
  /** Never rejects. */
  readonly outcome: Promise<JobOutcome>
  /** From now on signals end this process, not the job. */
  stopForwarding(): void
}

/** Starts a job and follows it to its end. */
export function runJob(options: ExecOptions, world: World, say: (text: string) => void): RunningJob {
  const { clock, isTerminal, env } = world
  const isAtTerminal = Object.values(isTerminal).some(Boolean)
  const folder = createRunFolder()
  const metaFile = folder && createMetaFile(folder.path)
  const startedAt = clock.monotonic()
  // Before the job exists: we must not die of a signal that is meant for it.
  const stopForwarding = forwardSignals(isAtTerminal, (signal) => job.send(signal))
  const job: Job = startJob({
    command: options.command,
    commandArgs: options.commandArgs,
    env: { ...env, ...(metaFile !== undefined && { CRONTIFY_META_FILE: metaFile }) },
    plan: planOutput(options.capture, isTerminal, world.isOneOutput),
    folder: folder?.path,
    leadsSession: !isAtTerminal,
  })
  const output = followOutput(job, clock)
  const warn = (): void => say(`"${options.monitorId}" is taking longer than ${options.maxDurationText}`)
  const deadline = watchDeadline(options, { warn, send: job.send }, clock)
  const outcome = job.ended.then(async (end): Promise<JobOutcome> => {
    const durationMs = Math.round(clock.monotonic() - startedAt)
    deadline.stop()
    const timedOut = deadline.timedOut()
    // What the command has left running is stopped with it.
    if (timedOut && !isAtTerminal) job.send('SIGKILL')
    if ((await output.finished()) === 'lost') {
      say(
        'the command left something running, and its output is lost from now on; use --no-capture to keep it',
      )
    }
    if (end.type === 'notStarted') world.printError(`crontify: ${end.message}\n`)
    const meta = metaFile === undefined ? {} : readMeta(metaFile, say)
    folder?.remove()
    return { end, durationMs, timedOut, meta, output }
  })
  return { pid: job.pid, outcome, stopForwarding }
}

function readMeta(path: string, say: (text: string) => void): Readonly<Record<string, number>> {
  const read = readMetaFile(path)
  if (read.type === 'refused') {
    say(`$CRONTIFY_META_FILE was not read: ${read.problem}`)
    return {}
  }
  const { meta, badLines } = parseMeta(read.text)
  const [first] = badLines
  if (first !== undefined) {
    const where =
      badLines.length === 1 ? `line ${first}` : `${badLines.length} lines, the first at line ${first},`
    say(
      `$CRONTIFY_META_FILE: ${where} ignored; a line must be a name and a number, such as records_processed=1523`,
    )
  }
  return meta
}
