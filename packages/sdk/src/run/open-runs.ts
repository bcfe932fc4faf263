import type { MonitorDefinition } from '@crontify/protocol'
import type { OpenClient } from '../client/open-client.ts'
import type { Cancel } from '../clock.ts'
import { renderTail } from './log/compose-log.ts'
import { createRun, type OwnedRun, type RunContext } from './create-run.ts'
import type { LogTail } from './log/log-tail.ts'
import { durationText, watchDuration } from './watch-duration.ts'
import type { OpenRunRecord } from '../disk/journal/crash-records.ts'
import type { CallReader } from '../client/read-call.ts'
import type { WrapOptions } from './wrap-job.ts'

/** Runs that `wrap` has open, with what is written down of them and who watches their duration. */
export interface OpenRuns {
  open(runId: string): OwnedRun
  /** The job of an open run begins: from here its duration counts. */
  begin(runId: string, options: WrapOptions<never>): void
  /** True if the run was open until now. */
  close(runId: string): boolean
  all(): readonly (readonly [string, OwnedRun])[]
}

interface OpenRun {
  readonly run: OwnedRun
  readonly record: OpenRunRecord | undefined
  stopWatch: Cancel | undefined
}

/** Characters of a log that are kept on disk. */
const CRASH_LOG_LENGTH = 10_000
const SHOWN_LINES = 5

/** @param onFirst, onLast  Called when the first run opens and when the last one closes. */
export function createOpenRuns(
  client: OpenClient,
  monitorId: string,
  definition: MonitorDefinition | undefined,
  calls: CallReader,
  onFirst: () => void,
  onLast: () => void,
): OpenRuns {
  const { clock, activeResources } = client.surroundings
  const { warner } = client
  const open = new Map<string, OpenRun>()
  const lastLines = (log: LogTail): string[] => log.last(SHOWN_LINES).map(client.clean)

  const watch = (runId: string, run: OwnedRun, options: WrapOptions<never>): Cancel | undefined => {
    const maxDurationMs = readMaxDuration(options.maxDurationMs ?? defaultMaxDuration(definition))
    if (maxDurationMs === undefined) return undefined
    return watchDuration(maxDurationMs, { clock, activeResources }, (seen) => {
      const report = { ...seen, lastLines: lastLines(run.log) }
      const text = durationText(report)
      const last = report.lastLines.at(-1)
      warner.say(`A run of "${monitorId}" is ${text}${last === undefined ? '' : `; its last line: ${last}`}`)
      run.handle.log(`[crontify] ${text}`)
      client.emit({ type: 'max-duration', monitorId, runId, ...report })
      if (options.onMaxDuration === 'abort') run.abort(timeoutError(monitorId, maxDurationMs))
    })
  }
  const readMaxDuration = (given: unknown): number | undefined => {
    if (given === undefined || (Number.isInteger(given) && (given as number) >= 1)) return given as number
    warner.sayOncePerBurst(
      `${monitorId}: maxDurationMs`,
      'maxDurationMs of wrap is a whole number of milliseconds from 1; it is ignored',
    )
    return undefined
  }
  const runContext: RunContext = {
    clock,
    onDropped: calls.onDroppedMeta,
    warn: (topic, message) => warner.sayOncePerBurst(`${monitorId}: ${topic}`, message),
    onLog: (runId, log) =>
      open.get(runId)?.record?.refresh(() => renderTail(log, client.clean, CRASH_LOG_LENGTH)),
  }
  return {
    open: (runId) => {
      const run = createRun(runId, runContext)
      const record = client.ready?.delivery.openRun(monitorId, runId)
      if (client.ready !== undefined && open.size === 0) onFirst()
      open.set(runId, { run, record, stopWatch: undefined })
      return run
    },
    begin: (runId, options) => {
      const entry = open.get(runId)
      if (entry === undefined) return
      entry.run.begin()
      entry.stopWatch = watch(runId, entry.run, options)
    },
    close: (runId) => {
      const entry = open.get(runId)
      entry?.record?.remove()
      entry?.stopWatch?.()
      const wasOpen = open.delete(runId)
      if (open.size === 0) onLast()
      return wasOpen
    },
    all: () => [...open].map(([runId, { run }]) => [runId, run] as const),
  }
}

function defaultMaxDuration(definition: MonitorDefinition | undefined): number | undefined {
  const seconds = definition?.maxDurationSeconds
  return seconds === undefined ? undefined : Math.max(1, Math.round(seconds * 1_000))
}

/** What fetch and others make of a timeout: programs look at the name. */
function timeoutError(monitorId: string, maxDurationMs: number): Error {
  return new DOMException(`The run of "${monitorId}" took longer than ${maxDurationMs} ms`, 'TimeoutError')
}
