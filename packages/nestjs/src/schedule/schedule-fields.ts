import type { DefinedMonitor } from '@crontify/sdk'
import { attempt } from '@crontify/sdk/adapter'
import type { RegistryLike } from './read-registry.ts'
import { scheduleFrom, scheduleOf } from './schedule-of.ts'
import type { SchedulerMark } from './scheduler-mark.ts'

/** The fields of a definition that the scheduler decides. */
export type ScheduleFields = Pick<
  DefinedMonitor,
  'schedule' | 'timezone' | 'scheduleDialect' | 'everySeconds'
>

/**
 * What the scheduler knows of a job: the registry first, because a job may have been given another time since its start. Nothing for
 * what runs once, and for what has no time zone.
 */
export function scheduleFields(
  timing: SchedulerMark | undefined,
  monitorId: string,
  registry: RegistryLike | undefined,
): ScheduleFields {
  if (timing?.kind === 'interval') return timing.everyMs > 0 ? { everySeconds: timing.everyMs / 1_000 } : {}
  if (timing?.kind === 'timeout') return {}
  const job = registry?.getCronJobs().get(timing === undefined ? monitorId : (timing.name ?? ''))
  if (job !== undefined) return attempt<ScheduleFields>(() => scheduleOf(job), {})
  return timing === undefined ? {} : attempt<ScheduleFields>(() => scheduleFrom(timing), {})
}
