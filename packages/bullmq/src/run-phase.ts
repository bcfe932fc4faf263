import type { WatchedJob } from './bullmq-binding.ts'

/** What it means for the runs of a monitor that a job has become active. */
export type RunPhase =
  /** A run begins. */
  | 'begins'
  /** The run goes on that began with an earlier activation, perhaps in another worker: a retry, a delay, a stall. */
  | 'continues'
  /** Every earlier activation was lost with its worker. */
  | 'recovers'

/** Judges by the counters that BullMQ keeps in the store, so that all workers come to the same answer. */
export function runPhase(job: WatchedJob): RunPhase {
  if (job.attemptsStarted <= 1) return 'begins'
  // A job that has used up its attempts is only active again because somebody called `job.retry()`.
  if (job.attemptsMade >= Math.max(1, job.opts.attempts ?? 1)) return 'begins'
  return job.attemptsStarted === job.stalledCounter + 1 ? 'recovers' : 'continues'
}
