import type { MonitorDefinition } from '@crontify/protocol'
import { createMonitorClient } from '../on-demand.ts'
import { createInertMonitor } from './inert-monitor.ts'
import type { MonitorClient } from './monitor/monitor-client.ts'
import type { OpenClient } from './open-client.ts'

/** The client of a monitor. Its code is read from the disk at the first call; where that fails, jobs run all the same. */
export function loadMonitor(
  client: OpenClient,
  monitorId: string,
  definition: MonitorDefinition | undefined,
): MonitorClient {
  try {
    return createMonitorClient(client, monitorId, definition)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    client.warner.sayOncePerBurst('not loaded', `No ping can be sent: the SDK could not be loaded (${cause})`)
    return createInertMonitor(client.surroundings.newId)
  }
}
