import type { Meta } from '@crontify/sdk/adapter'
import { attempt } from './attempt.ts'
import type { AgendaJobLike } from './agenda-binding.ts'

const metas = new WeakMap<object, Meta>()

/**
 * Gives the run of a job metadata, from inside its function: Agenda throws away what a job returns. Calls add up, and a name that
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
  attempt(() => void metas.set(job, { ...metas.get(job), ...meta }), undefined)
}

/** What the run of a job has been given, and forgets it: the next run begins without. */
export function takeMeta(job: AgendaJobLike): Meta | undefined {
  const meta = metas.get(job)
  metas.delete(job)
  return meta
}
