import { attempt } from '@crontify/sdk/adapter'
import type { AgendaJobLike, AgendaLike } from './agenda-binding.ts'

/** Runs that wait for a retry; one whose job is cancelled meanwhile would be remembered for ever. */
const MAX_WAITING = 1_000

/** Which runs have failed and go on with a retry. */
export interface Retries {
  /** A retry is to follow, perhaps in another instance. */
  await(job: AgendaJobLike, key: symbol): void
  /** The key of the run that this start continues, a new one if it began in another instance; `undefined` for a new run. */
  continued(job: AgendaJobLike): symbol | undefined
}

export function createRetries(agenda: AgendaLike): Retries {
  const waiting = new Map<string, symbol>()
  return {
    await: (job, key) => {
      waiting.delete(idOf(job))
      waiting.set(idOf(job), key)
      if (waiting.size > MAX_WAITING) waiting.delete(waiting.keys().next().value ?? '')
    },
    continued: (job) => {
      const key = waiting.get(idOf(job))
      waiting.delete(idOf(job))
      return key ?? (hadRetryComing(agenda, job) ? Symbol(job.attrs.name) : undefined)
    },
  }
}

export function idOf(job: AgendaJobLike): string {
  return String(job.attrs._id)
}

/**
 * The store does not say whether a start is a retry. The job's own back-off does: asked about the failure before this start, it
 * names a delay exactly if a retry was to follow.
 */
function hadRetryComing(agenda: AgendaLike, { attrs }: AgendaJobLike): boolean {
  const { name, failCount = 0, data } = attrs
  const backoff = Object.hasOwn(agenda.definitions, name) ? agenda.definitions[name]?.backoff : undefined
  if (failCount === 0 || typeof backoff !== 'function') return false
  const context = {
    attempt: failCount,
    error: new Error('the attempt before this one failed'),
    jobName: name,
    jobData: data,
  }
  const delay = attempt(() => (backoff as (context: unknown) => unknown)(context), null)
  return delay !== null
}
