import type { Meta, MonitorDefinition } from '@crontify/protocol'
import type { Clock } from '../../clock.ts'
import type { ExitWatch } from '../../process-exit/exit-watch.ts'
import type { RunObserver } from './observation.ts'
import type { ProcessRuns } from './process-runs.ts'
import type { RunEvent } from './run-event.ts'
import type { RunPings } from './run-pings.ts'

/** What the runs of a monitor need; the same for all of them. Nothing in it throws. */
export interface RunsContext {
  readonly monitorId: string
  /** Destination, key and id: the same for all objects of one monitor. */
  readonly identity: unknown
  readonly definition: MonitorDefinition | undefined
  readonly clock: Clock
  readonly newId: () => string
  /** Kinds of what keeps the process alive, one entry for each. */
  readonly activeResources: () => readonly string[]
  readonly exits: Pick<ExitWatch, 'addMonitor' | 'removeMonitor'>
  readonly processRuns: ProcessRuns
  readonly pings: RunPings
  /** A text without the key and other secrets. */
  readonly clean: (text: string) => string
  /** The usable entries of metadata; warns of the others. */
  readonly readMeta: (given: unknown) => Meta
  readonly onDroppedMeta: (names: readonly string[]) => void
  /** Warns, once a minute for each topic. */
  readonly warn: (topic: string, message: string) => void
  readonly say: (message: string) => void
  /** Those who see runs from inside; may grow at any time. */
  readonly observers: readonly RunObserver[]
  /** `undefined` where nobody listens. */
  readonly emit: ((event: RunEvent) => void) | undefined
  /** Whether runs are reported while the process exits, which stops everything else. */
  readonly reportsAtExit: boolean
}
