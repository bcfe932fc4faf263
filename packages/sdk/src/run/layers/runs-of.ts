import { readMeta } from '@crontify/protocol'
import { emitWarning } from '../../host.ts'
import { createMonitorRuns, type MonitorRuns } from '../life/monitor-runs.ts'
import { createProcessRuns } from '../life/process-runs.ts'
import type { RunsContext } from '../life/runs-context.ts'
import { attachedRuns, attachRuns } from './attached-runs.ts'
import { createPingerPings } from './pinger-pings.ts'
import type { Pinger } from './pinger.ts'
import { systemRunWorld } from './system-run-world.ts'

/** What the runs of a monitor take from the world. */
export type RunWorld = Pick<RunsContext, 'clock' | 'newId' | 'activeResources'>

/** The runs of a monitor object; made here for a test double, which has nothing of its own. */
export function runsOf(monitor: Pinger, world: RunWorld = systemRunWorld): MonitorRuns {
  const known = attachedRuns(monitor)
  if (known !== undefined) return known
  const made = createMonitorRuns({
    ...world,
    monitorId: 'monitor',
    identity: monitor,
    definition: undefined,
    exits: { addMonitor: () => {}, removeMonitor: () => {} },
    processRuns: createProcessRuns(),
    pings: createPingerPings(monitor),
    clean: (text) => text,
    readMeta: (given) => readMeta(given).meta,
    onDroppedMeta: () => {},
    warn: (_topic, message) => emitWarning(message),
    say: () => {},
    observers: [],
    emit: undefined,
    reportsAtExit: false,
  })
  attachRuns(monitor, () => made)
  return made
}
