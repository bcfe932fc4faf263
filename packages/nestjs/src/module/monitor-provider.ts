import type { FactoryProvider } from '@nestjs/common'
import type { MonitorRef } from '../jobs/monitor-ref.ts'
import type { Monitors } from './monitors.ts'

/** The token of a registration's {@link Monitors}. */
export const MONITORS = 'CRONTIFY_MODULE_MONITORS'

/** What `@InjectMonitor` injects. */
export function monitorProvider(token: string, ref: MonitorRef): FactoryProvider {
  return { provide: token, inject: [MONITORS], useFactory: (all: Monitors) => all.injected(ref) }
}
