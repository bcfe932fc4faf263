import type { Cancel } from '../../clock.ts'
import type { OwnedRun } from '../owned-run.ts'
import type { RunsContext } from '../life/runs-context.ts'
import { durationText, watchDuration } from '../watch-duration.ts'

/** How long a run may take. */
export interface DurationOptions {
  readonly maxDurationMs?: number | undefined
  readonly onMaxDuration?: 'warn' | 'abort' | undefined
}

const SHOWN_LINES = 5

/** Watches how long a run takes, where a limit is known: by the options, or by the monitor's definition. */
export function watchRun(run: OwnedRun, options: DurationOptions, context: RunsContext): Cancel | undefined {
  const { monitorId, clock, activeResources, definition } = context
  const seconds = definition?.maxDurationSeconds
  const maxDurationMs =
    options.maxDurationMs ?? (seconds === undefined ? undefined : Math.max(1, Math.round(seconds * 1_000)))
  if (maxDurationMs === undefined) return undefined
  return watchDuration(maxDurationMs, { clock, activeResources }, (seen) => {
    const report = { ...seen, lastLines: run.log().last(SHOWN_LINES).map(context.clean) }
    const text = durationText(report)
    const last = report.lastLines.at(-1)
    context.say(`A run of "${monitorId}" is ${text}${last === undefined ? '' : `; its last line: ${last}`}`)
    run.handle.log(`[crontify] ${text}`)
    context.emit?.({ type: 'max-duration', monitorId, runId: run.handle.id, ...report })
    if (options.onMaxDuration === 'abort') run.controller().abort(timeoutError(monitorId, maxDurationMs))
  })
}

/** What fetch and others make of a timeout: programs look at the name. */
function timeoutError(monitorId: string, maxDurationMs: number): Error {
  return new DOMException(`The run of "${monitorId}" took longer than ${maxDurationMs} ms`, 'TimeoutError')
}
