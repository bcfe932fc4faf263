import { attempt } from '@crontify/sdk/adapter'
import type { CronJobLike } from './schedule-of.ts'

/** What is used of Nest's `SchedulerRegistry`. */
export interface RegistryLike {
  getCronJobs(): ReadonlyMap<string, CronJobLike>
}

/** The `SchedulerRegistry` among the providers of an application; `undefined` without `ScheduleModule`. */
export function readRegistry(
  providers: readonly { readonly name: unknown; readonly instance: unknown }[],
): RegistryLike | undefined {
  const found = providers.find(({ name }) => name === 'SchedulerRegistry')
  const instance = attempt<unknown>(() => found?.instance, undefined) as Partial<RegistryLike> | undefined
  return typeof instance?.getCronJobs === 'function' ? (instance as RegistryLike) : undefined
}
