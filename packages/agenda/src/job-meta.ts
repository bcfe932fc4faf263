import type { Meta, Run } from '@crontify/sdk/adapter'
import type { AgendaJobLike } from './agenda-binding.ts'

const runs = new WeakMap<object, Run>()

/**
 * Adds metadata to the run of a job, from inside its function: Agenda throws away what a job returns. Calls add up, and a name that
 * comes twice has its last value. Without a monitor it does nothing.
 *
 * A forked job runs in another process, which this does not reach.
 *
 * Never throws.
 *
 * @param meta  Numbers. An entry that is not a finite number is left out, with a warning.
 * @example
 * agenda.define('nightly-report', async (job) => {
 *   setMeta(job, { records_processed: 120 })
 * })
 */
export function setMeta(job: AgendaJobLike, meta: Meta): void {
  runs.get(job)?.meta(meta)
}

/** From here on {@link setMeta} adds to this run. */
export function attachRun(job: AgendaJobLike, run: Run): void {
  runs.set(job, run)
}
