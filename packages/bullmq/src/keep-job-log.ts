import type { Run } from '@crontify/sdk/adapter'
import type { WatchedJob } from './bullmq-binding.ts'

type Log = (this: unknown, row: unknown, ...rest: readonly unknown[]) => unknown

/**
 * Lines of `job.log` become lines of the run as well; they go to the store as before. Only this one job object is changed. The lines
 * of a processor in a file come through it too.
 */
export function keepJobLog(job: WatchedJob, run: Run): void {
  const original: unknown = Reflect.get(job, 'log')
  if (typeof original !== 'function') return
  const log: Log = function (row, ...rest) {
    if (typeof row === 'string') run.log(row)
    return (original as Log).call(this, row, ...rest)
  }
  Object.defineProperty(job, 'log', { value: log, configurable: true, writable: true })
}
