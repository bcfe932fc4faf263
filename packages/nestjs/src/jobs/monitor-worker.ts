import { monitorWorker, type MonitorWorkerOptions, type WatchedJob, type WorkerLike } from '@crontify/bullmq'
import { isMonitor, nameOf, warn, type Pinger } from '@crontify/sdk/adapter'
import { idOf, type MonitorRef } from './monitor-ref.ts'
import { noteDefinition, sharedState } from './shared-state.ts'

/** How {@link MonitorWorker} reads the jobs of a processor: the options of `monitorWorker`, with ids or definitions as monitors. */
export interface MonitorWorkerSettings extends Omit<MonitorWorkerOptions<WorkerLike>, 'monitors'> {
  /** A monitor for each job scheduler, by its id, or a function that chooses by anything on the job. Other jobs send nothing. */
  readonly monitors:
    Readonly<Record<string, MonitorRef>> | ((job: WatchedJob) => MonitorRef | null | undefined)
}

/**
 * Decorates a processor class of `@nestjs/bullmq`: pings for the runs of its job schedulers, by `monitorWorker` of
 * `@crontify/bullmq`. It can be above or below `@Processor`.
 *
 * A run is a job with all its attempts. Nest's worker is watched from the start of the application until it is closed. Never throws.
 *
 * @example
 * import { Processor, WorkerHost } from '@nestjs/bullmq'
 * import { MonitorWorker } from '@crontify/nestjs/bullmq'
 *
 * @Processor('reports')
 * @MonitorWorker({ monitors: { 'nightly-report': 'nightly-report' } })
 * export class ReportProcessor extends WorkerHost {
 *   async process(): Promise<object> {
 *     return { rows: 120 }
 *   }
 * }
 */
export function MonitorWorker(settings: MonitorWorkerSettings): ClassDecorator {
  const monitors: unknown = settings?.monitors
  const isList = typeof monitors === 'object' && monitors !== null
  if (isList) for (const ref of Object.values(monitors)) noteDefinition(ref, idOf(ref))
  return (target) => {
    if (!isList && typeof monitors !== 'function') {
      warn(
        `@MonitorWorker on ${target.name} must be given { monitors }, an object of monitor ids by job scheduler or a function, got ${nameOf(monitors)}. Its jobs run without pings.`,
      )
      return
    }
    sharedState().workers.set(target, (worker, pingerFor) => {
      const chosen = isList ? allOf(monitors, pingerFor) : byFunction(monitors as Choose, pingerFor)
      return monitorWorker(worker as WorkerLike, { ...settings, monitors: chosen })
    })
  }
}

type Choose = (job: WatchedJob) => unknown

function allOf(
  monitors: object,
  pingerFor: (ref: unknown) => Pinger | undefined,
): Readonly<Record<string, Pinger>> {
  const entries = Object.entries(monitors).map(([name, ref]) => [name, pingerFor(ref)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, Pinger] => isMonitor(entry[1])))
}

function byFunction(choose: Choose, pingerFor: (ref: unknown) => Pinger | undefined) {
  return (job: WatchedJob): Pinger | undefined => {
    const ref = choose(job)
    return ref === undefined || ref === null ? undefined : pingerFor(ref)
  }
}
