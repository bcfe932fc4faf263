import { type Calendar, type Semantics, createCalendar, termsOf } from '@crontify/alert-engine'
import { isMonitorId, type MonitorDefinition } from '@crontify/protocol'
import { definitionProblems } from '@crontify/protocol/schemas'
import type { RegisteredMonitor } from './monitor-registry.ts'

/** Definitions with the terms under which they are judged, or what is wrong with them. */
export interface ReadMonitors {
  readonly monitors: readonly RegisteredMonitor[]
  /** One sentence each; empty where all can be used. */
  readonly problems: readonly string[]
}

/** Reads definitions; each problem names the monitor that it is about. */
export function readMonitors(definitions: unknown, semantics: Semantics): ReadMonitors {
  if (!Array.isArray(definitions)) {
    return { monitors: [], problems: ['"monitors" is not a list of monitor definitions'] }
  }
  // One for all, so that equal schedules are read and reckoned once.
  const calendar = createCalendar()
  const problems: string[] = []
  const monitors = new Map<string, RegisteredMonitor>()
  definitions.forEach((definition: unknown, index) => {
    const read = readMonitor(definition, semantics, calendar)
    const id = read.monitor?.definition.id ?? idOf(definition)
    const where = `monitor ${id === undefined ? `number ${index + 1}` : JSON.stringify(id)}`
    problems.push(...read.problems.map((problem) => `${where}: ${problem}`))
    if (read.monitor === undefined) return
    if (monitors.has(read.monitor.definition.id)) problems.push(`${where}: its id is given twice`)
    monitors.set(read.monitor.definition.id, read.monitor)
  })
  return { monitors: [...monitors.values()], problems }
}

/** Reads one definition. */
export function readMonitor(
  definition: unknown,
  semantics: Semantics,
  calendar: Calendar = createCalendar(),
): { readonly monitor?: RegisteredMonitor; readonly problems: readonly string[] } {
  const problems = definitionProblems(definition)
  if (problems.length > 0) return { problems }
  // A copy: what the caller does to the definition later must not change a monitor that is being judged.
  const own = Object.freeze(structuredClone(definition as MonitorDefinition))
  return { monitor: { definition: own, terms: termsOf(own, semantics, calendar) }, problems: [] }
}

/** The id of a definition that is wrong elsewhere. */
function idOf(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null || !Object.hasOwn(definition, 'id'))
    return undefined
  const { id } = definition as { readonly id: unknown }
  return isMonitorId(id) ? id : undefined
}
