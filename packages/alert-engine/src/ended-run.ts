import type { Instant } from './clock.ts'
import {
  type Measured,
  type MonitorEvent,
  NEVER_PINGED,
  type RunId,
  type RunningState,
  type Watch,
} from './model.ts'
import { slotsBefore } from './skipped-slots.ts'
import type { Terms } from './terms.ts'
import { watchAfterPing } from './watch.ts'

/** The run that a success or fail ping ends. */
export interface EndedRun {
  readonly runId: RunId
  readonly measured: Measured
  /** When it started; `undefined` for an end without a start. */
  readonly startedAt: Instant | undefined
  /** Whether it had been given up as hung. */
  readonly isLate: boolean
  readonly watch: Watch | null
  readonly skippedSlots: readonly Instant[]
}

const NOT_MEASURED: Measured = Object.freeze({})
const NONE: readonly [] = Object.freeze([])

/**
 * Finds the run that an end belongs to: the open one, else the one that hung, whose end is late [I]. An end without either is a run
 * of its own, and nothing says when it began [I].
 */
export function endedRun(
  state: RunningState,
  event: Extract<MonitorEvent, { type: 'success' | 'fail' }>,
  now: Instant,
  terms: Terms,
): EndedRun {
  const { watch, openRun, hungRun } = state.status === 'waiting' ? NEVER_PINGED : state
  const run = openRun ?? hungRun
  return {
    runId: run === null ? event.newRunId() : run.runId,
    measured: run === null ? NOT_MEASURED : { startedAt: run.startedAt, durationMs: now - run.startedAt },
    startedAt: run?.startedAt,
    isLate: openRun === null && hungRun !== null,
    watch: watchAfterPing(watch, { type: event.type, endsOpenRun: run !== null }, now, terms),
    skippedSlots: openRun === null ? NONE : slotsBefore(watch, now, terms),
  }
}
