import { isTruthy } from '@crontify/protocol'
import { clientSettings } from '../client/client-settings.ts'
import { openMonitor } from '../client/open-monitor.ts'
import { UsageError, type Args } from '../command-line/command-spec.ts'
import { EXIT } from '../exit-codes.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import type { Ending, World } from '../world.ts'
import { readExecOptions } from './exec-options.ts'
import { nextEndingSignal } from './forward-signals.ts'
import { shellCode } from './job-end.ts'
import { jobReport } from './job-report.ts'
import { lockRun, type ExecLock } from './lock-run.ts'
import { reportJob } from './report-job.ts'
import { runJob, type JobOutcome } from './run-job.ts'

/** Milliseconds that --strict waits for pings that have not arrived yet. */
const STRICT_WAIT_MS = 10_000

/**
 * `crontify exec`: runs a command between a start ping and a success or fail ping.
 *
 * @throws {UsageError} before anything was started.
 */
export async function execCommand(args: Args, world: World): Promise<Ending> {
  const isDisabled = isTruthy(world.env['CRONTIFY_DISABLED'])
  const given = readExecOptions(args)
  // Switched off, nothing of ours may be between the job and its output.
  const options = isDisabled ? { ...given, capture: false } : given
  const settings = clientSettings(options.monitorId, args, world.env)
  const say = (text: string): void => {
    if (!settings.isQuiet) world.printError(`[crontify] ${text}\n`)
  }
  const early = options.isStrict && !isDisabled ? await openMonitor(settings, world.printError) : undefined
  if (early?.enabled === false) {
    throw new UsageError(
      `--strict needs a working client. Nothing was run: ${early.disabledReason ?? 'unknown'}`,
    )
  }
  const lock = options.mayOverlap ? undefined : lockRun(options)
  if (lock?.type === 'held') {
    say(`"${options.monitorId}" is still running as process ${lock.pid}, so it was not started again`)
    return { code: EXIT.stillRunning }
  }

  const job = runJob(options, world, say)
  if (lock !== undefined) lock.addJob(job.pid)
  const outcome = releasing(lock, job.outcome)
  if (isDisabled) return ending(await outcome)
  const monitor = early ?? (await openMonitor(settings, world.printError))
  const reported = reportJob(
    monitor,
    outcome.then((ended) => jobReport(ended, options)),
  )
  const ended = await outcome
  job.stopForwarding()
  const waiting = <Value>(what: string, work: Promise<Value>): Promise<Value> =>
    settings.isQuiet ? work : showWaiting(what, work, world)
  await waiting('reporting the end of the job to Crontify', Promise.race([reported, nextEndingSignal()]))

  if (options.isStrict && shellCode(ended.end) === 0) {
    const sent = monitor.flush({ withinMs: STRICT_WAIT_MS })
    const { created, delivered, skipped } = await waiting('waiting for all pings to arrive', sent)
    if (delivered + skipped < created) return { code: EXIT.failed }
  }
  return ending(ended)
}

async function releasing(lock: ExecLock | undefined, outcome: Promise<JobOutcome>): Promise<JobOutcome> {
  const ended = await outcome
  if (lock?.type === 'taken') lock.release()
  return ended
}

function ending({ end, timedOut }: JobOutcome): Ending {
  if (timedOut) return { code: EXIT.timedOut }
  return end.type === 'killed' ? { signal: end.signal } : { code: end.code }
}
