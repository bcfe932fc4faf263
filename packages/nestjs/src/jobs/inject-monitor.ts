import { Inject } from '@nestjs/common'
import { idOf, type MonitorRef } from './monitor-ref.ts'
import { noteDefinition, sharedState } from './shared-state.ts'

/**
 * The token under which a monitor is injected: for `app.get`, and for `overrideProvider` in tests.
 *
 * @example
 * import { getMonitorToken } from '@crontify/nestjs'
 *
 * const token = getMonitorToken('nightly-report')
 */
export function getMonitorToken(monitor: MonitorRef): string {
  return `CrontifyMonitor:${idOf(monitor) ?? String(monitor)}`
}

/**
 * Injects the `CrontifyMonitor` of an id or definition, for jobs that send their pings themselves.
 *
 * It works wherever `@Inject` does, also in modules that `LazyModuleLoader` loads later.
 *
 * @example
 * import type { CrontifyMonitor } from '@crontify/sdk'
 * import { InjectMonitor } from '@crontify/nestjs'
 *
 * export class ImportService {
 *   constructor(@InjectMonitor('user-import') readonly monitor: CrontifyMonitor) {}
 * }
 */
export function InjectMonitor(monitor: MonitorRef): PropertyDecorator & ParameterDecorator {
  const token = getMonitorToken(monitor)
  noteDefinition(monitor, idOf(monitor))
  const { injected, lateListeners } = sharedState()
  if (typeof injected.get(token) !== 'object') injected.set(token, monitor)
  for (const provide of lateListeners) provide(token, injected.get(token) ?? monitor)
  return Inject(token)
}
