import { clientSettings } from '../client/client-settings.ts'
import { openMonitor } from '../client/open-monitor.ts'
import { UsageError, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import type { Ending, World } from '../world.ts'
import { readExecOptions, type ExecOptions } from './exec-options.ts'
import { forwardSignals, nextEndingSignal } from './forward-signals.ts'
import { failureMessage, shellCode, wentWell, type JobEnd } from './job-end.ts'
import { jobLog } from './job-log.ts'
import { createMetaFile, type MetaFile } from './meta-file.ts'
import { followOutput, type FollowedOutput } from './follow-output.ts'
import { parseMeta } from './parse-meta.ts'
import { processStart } from './process-start.ts'
import { reportJob, type JobReport } from './report-job.ts'
import { takeRunLock, type RunLock } from './run-lock.ts'
import { startJob, type Job } from './start-job.ts'
import { watchDeadline } from './watch-deadline.ts'

/** Milliseconds that --strict waits for pings which have not arrived yet. */
const STRICT_WAIT_MS = 10_000
const SHOWN_LINE_LENGTH = 300

/**
 * `crontify exec`: runs a command between a start ping and a success or fail ping.
 *
 * @throws {UsageError} before anything was started.
 */
export async function execCommand(args: Args, world: World): Promise<Ending> {
  const options = readExecOptions(args)
  const settings = clientSettings(options.monitorId, args, world.env)
  const say = (text: string): void => {
    if (!settings.isQuiet) world.printError(`[crontify] ${text}\n`)
  }
  const waiting = <Value>(what: string, work: Promise<Value>): Promise<Value> =>
    settings.isQuiet ? work : showWaiting(what, work, world)
  const early = options.isStrict ? await openMonitor(settings, world.printError) : undefined
  if (early?.enabled === false && !isSwitchedOff(world.env)) {
    throw new UsageError(`With --strict nothing was run: ${early.disabledReason ?? 'no ping could be sent'}`)
  }
  const lock = options.mayOverlap ? undefined : lockFor(options)
  if (lock?.type === 'held') {
    say(`"${options.monitorId}" still runs as process ${lock.pid}; it was not started again`)
    return { code: EXIT.stillRunning }
  }

  const metaFile = createMetaFile()
  const startedAt = world.clock.monotonic()
  const isAtTerminal = Object.values(world.isTerminal).some(Boolean)
  // Before the job is there: it must not be the first to hear of a signal, and leave us to die of it.
  const stopForwarding = forwardSignals(isAtTerminal, (signal) => job.send(signal))
  const job: Job = startJob({
    command: options.command,
    parameters: options.parameters,
    env: { ...world.env, ...(metaFile && { CRONTIFY_META_FILE: metaFile.path }) },
    captures: {
      stdout: options.capture ?? !world.isTerminal.stdout,
      stderr: options.capture ?? !world.isTerminal.stderr,
    },
    leadsSession: !isAtTerminal,
  })
  holdLock(lock, job)
  const output = followOutput(job, world.clock)
  const deadline = watchDeadline(
    options,
    { warn: () => say(`"${options.monitorId}" takes longer than ${textOfSpan(args)}`), send: job.send },
    world.clock,
  )

  const outcome = job.ended.then(async (end) => {
    const durationMs = Math.round(world.clock.monotonic() - startedAt)
    deadline.stop()
    // What the command has left running is stopped with it.
    if (deadline.timedOut() && !isAtTerminal) job.send('SIGKILL')
    if (!(await output.finished())) {
      say(
        'Something that the command has left running still has its output open; --no-capture is made for that',
      )
    }
    if (end.type === 'notStarted') world.printError(`crontify: ${end.message}\n`)
    const meta = {
      exit_code: shellCode(end),
      duration_ms: durationMs,
      ...options.meta,
      ...metaOf(metaFile, say),
    }
    const stoppedAfter = deadline.timedOut() ? textOfSpan(args) : undefined
    if (lock?.type === 'taken') lock.release()
    return {
      end,
      timedOut: deadline.timedOut(),
      report: reportOf(end, stoppedAfter, meta, options.command, output),
    }
  })
  const monitor = early ?? (await openMonitor(settings, world.printError))
  const reported = reportJob(
    monitor,
    outcome.then(({ report }) => report),
  )
  const { end, timedOut } = await outcome
  stopForwarding()
  await waiting('telling Crontify how it ended', Promise.race([reported, nextEndingSignal()]))

  if (options.isStrict && shellCode(end) === 0) {
    const sent = monitor.flush({ withinMs: STRICT_WAIT_MS })
    const { created, delivered, skipped } = await waiting('waiting until each ping has arrived', sent)
    if (delivered + skipped < created) return { code: EXIT.failed }
  }
  if (timedOut) return { code: EXIT.timedOut }
  return end.type === 'killed' ? { signal: end.signal } : { code: end.code }
}

function reportOf(
  end: JobEnd,
  stoppedAfter: string | undefined,
  meta: JobReport['meta'],
  command: string,
  output: FollowedOutput,
): JobReport {
  if (wentWell(end, stoppedAfter !== undefined)) return { meta, failure: undefined }
  const { stdout, stderr } = output.lines()
  const lastLine = (stderr.at(-1) ?? stdout.at(-1))?.slice(0, SHOWN_LINE_LENGTH)
  return {
    meta,
    failure: { message: failureMessage(command, end, stoppedAfter, lastLine), log: jobLog(stdout, stderr) },
  }
}

function metaOf(file: MetaFile | undefined, say: (text: string) => void): Readonly<Record<string, number>> {
  if (file === undefined) return {}
  const { meta, badLines } = parseMeta(file.read())
  file.remove()
  if (badLines.length > 0) {
    const where =
      badLines.length === 1
        ? `Line ${badLines[0]}`
        : `${badLines.length} lines, the first one line ${badLines[0]},`
    say(
      `${where} of $CRONTIFY_META_FILE left out: a line is a name and a number, as in records_processed=1523`,
    )
  }
  return meta
}

function lockFor({ monitorId, lockDirectory }: ExecOptions): RunLock {
  const uid = process.getuid?.() ?? 0
  const self = { pid: process.pid, startedAt: processStart(process.pid) ?? '' }
  if (!/^[\w-]+$/.test(monitorId)) throw new UsageError(`"${monitorId}" is no monitor id, and has no lock`)
  try {
    // Not where the environment says: it is another one in cron than at a terminal, and the lock must be the same.
    return takeRunLock(lockDirectory ?? `/tmp/crontify-${uid}`, monitorId, {
      self,
      uid,
      startOf: processStart,
    })
  } catch (error) {
    throw new UsageError(`--no-overlap has no lock, and nothing was run: ${(error as Error).message}`)
  }
}

function holdLock(lock: RunLock | undefined, { pid }: Job): void {
  if (lock?.type === 'taken' && pid !== undefined) lock.addHolder({ pid, startedAt: processStart(pid) ?? '' })
}

function textOfSpan(args: Args): string {
  return args.values.get('max-duration')?.at(-1) ?? ''
}

function isSwitchedOff(env: World['env']): boolean {
  return env['CRONTIFY_DISABLED'] === '1' || env['CRONTIFY_DISABLED'] === 'true'
}
