import type { Crontify, CrontifyMonitor, DefinedMonitor } from '@crontify/sdk'
import { isMonitor, type Pinger } from '@crontify/sdk/adapter'
import { nearestName, printableValue } from '@crontify/protocol'
import { idOf } from '../jobs/monitor-ref.ts'
import { sharedState, type JobOwner } from '../jobs/shared-state.ts'
import type { CrontifyModuleOptions } from './module-options.ts'

/** The monitors of one registration, by id or definition. */
export interface Monitors extends JobOwner {
  /** The monitor of a reference, for `@InjectMonitor`; an inert one for what is neither id nor definition. */
  injected(ref: unknown): CrontifyMonitor
  /** What is known of a monitor: its definition, or its id alone. */
  definition(ref: unknown): DefinedMonitor | undefined
  /** Ids that the options list. */
  readonly listed: readonly string[]
  /** What is wrong with a reference, as the end of a sentence that names where it is. */
  problem(ref: unknown): string | undefined
}

export function createMonitors(crontify: Crontify, options: CrontifyModuleOptions): Monitors {
  const listed = new Map<string | undefined, unknown>(
    (options.monitors ?? []).map((entry) => [idOf(entry), entry]),
  )
  const asked = (ref: unknown): unknown => {
    const id = idOf(ref)
    return listed.get(id) ?? sharedState().definitions.get(id ?? '') ?? ref
  }
  const monitor = (ref: unknown): CrontifyMonitor => crontify.monitor(asked(ref) as DefinedMonitor)
  const pingers = new Map<unknown, Pinger | undefined>()
  return {
    listed: [...listed.keys()] as string[],
    injected: monitor,
    definition: (ref) => {
      const [id, known] = [idOf(ref), asked(ref)]
      if (id === undefined) return undefined
      return typeof known === 'object' ? (known as DefinedMonitor) : { id }
    },
    pingerFor: (ref) => {
      const id = idOf(ref)
      if (id === undefined) return undefined
      if (!pingers.has(id))
        pingers.set(
          id,
          pingerOrNone(() => monitor(ref)),
        )
      return pingers.get(id)
    },
    problem: (ref) => {
      const id = idOf(ref)
      if (id === undefined) {
        return `must be given a monitor id (letters, digits, "_" and "-") or a definition, got ${printableValue(ref)}. The job runs without pings.`
      }
      if (listed.size === 0 || typeof asked(ref) === 'object') return undefined
      const nearest = nearestName(id, [...listed.keys()] as string[])
      const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
      return `must be given one of the monitors of CrontifyModule, got ${printableValue(id)}.${meant} Its pings are sent under this id.`
    },
  }
}

/** With `silent: false`, a client throws; the job runs. */
function pingerOrNone(make: () => unknown): Pinger | undefined {
  try {
    const made = make()
    return isMonitor(made) ? made : undefined
  } catch {
    return undefined
  }
}
