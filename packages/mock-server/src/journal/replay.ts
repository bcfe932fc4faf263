import { type MonitorEvent, type MonitorState, WAITING, transition } from '@crontify/alert-engine'
import { type MonitorDefinition, SWEEP_EVERY_MS } from '@crontify/protocol'
import { z } from 'zod'
import { CrontifyMockError } from '../mock-error.ts'
import type { MockServerOptions } from '../mock-server-options.ts'
import type { MockAlert, MockRun } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import type { RegisteredMonitor } from '../monitor-registry.ts'
import { readMonitors } from '../register-monitors.ts'
import { schemaProblems } from '../schemas/schema-problems.ts'
import { semanticsOf } from '../settings.ts'
import { alertView, runView } from '../views.ts'
import type { Journal, JournalEntry, JournalRequest } from './journal-entry.ts'

/** What is to be different from what happened. */
export interface ReplayOptions {
  /** Instead of the definitions in the journal, of which those with the same id are replaced. */
  readonly monitors?: readonly MonitorDefinition[]
  /** @default 'scheduleAware' */
  readonly semantics?: MockServerOptions['semantics']
}

/** What would have followed. */
export interface Replayed {
  /** Oldest first. */
  readonly alerts: readonly MockAlert[]
  /** Of all monitors, each as it stood at the end. */
  readonly runs: readonly MockRun[]
  /** False where the journal had forgotten its beginning: then the first runs and alerts may be missing. */
  readonly isComplete: boolean
}

const instant = z.iso.datetime({ offset: true })
const journalSchema = z.object({
  version: z.literal(1),
  startedAt: instant,
  exportedAt: instant,
  monitors: z.array(z.unknown()),
  entries: z.array(z.looseObject({ type: z.string(), at: instant })),
  dropped: z.int().min(0),
})

/**
 * The alerts and runs that a journal would have led to, under other definitions or semantics.
 *
 * Pure. One definition counts for a monitor's whole history. Missed runs are found where the minutely look would have
 * fallen; a server on the machine's clock looks a little later each time.
 *
 * @throws {CrontifyMockError} naming every problem of the journal, the definitions or the semantics.
 * @example
 * import { createMockServer, replay } from '@crontify/mock-server'
 *
 * const server = await createMockServer({ monitors: [{ id: 'nightly-sync' }] })
 * const stricter = {
 *   id: 'nightly-sync',
 *   rules: [{ field: 'records_processed', operator: 'lt', threshold: 100 }] as const,
 * }
 * console.log(replay(server.journal(), { monitors: [stricter] }).alerts.length) // 0
 * await server.close()
 */
export function replay(journal: Journal, options: ReplayOptions = {}): Replayed {
  const problems = [...schemaProblems(journalSchema, journal)]
  const semantics = semanticsOf(options.semantics ?? 'scheduleAware', problems)
  if (problems.length > 0)
    throw new CrontifyMockError('ERR_INVALID', `Cannot replay the journal: ${problems.join('; ')}`)
  const read = readMonitors(definitionsOf(journal, options.monitors ?? []), semantics)
  if (read.problems.length > 0)
    throw new CrontifyMockError('ERR_INVALID', `Cannot replay the journal: ${read.problems.join('; ')}`)
  const past = createPast(read.monitors)
  let sweepAt = Date.parse(journal.startedAt) + SWEEP_EVERY_MS
  for (const entry of journal.entries) {
    sweepUntil(Date.parse(entry.at))
    past.take(entry)
  }
  sweepUntil(Date.parse(journal.exportedAt))
  return { alerts: past.alerts, runs: [...past.runs.values()], isComplete: journal.dropped === 0 }

  function sweepUntil(until: number): void {
    for (; sweepAt <= until; sweepAt += SWEEP_EVERY_MS) past.sweep(sweepAt)
  }
}

function definitionsOf(journal: Journal, instead: readonly MonitorDefinition[]): MonitorDefinition[] {
  const removed = journal.entries.flatMap((entry) => (entry.type === 'defined' ? [entry.definition] : []))
  const byId = new Map([...removed, ...journal.monitors, ...instead].map((one) => [one.id, one]))
  return [...byId.values()]
}

interface Past {
  readonly alerts: MockAlert[]
  readonly runs: Map<string, MockRun>
  take(entry: JournalEntry): void
  sweep(at: number): void
}

function createPast(registered: readonly RegisteredMonitor[]): Past {
  const monitors = new Map(registered.map((monitor) => [monitor.definition.id, monitor]))
  const states = new Map<string, MonitorState>()
  const alerts: MockAlert[] = []
  const runs = new Map<string, MockRun>()
  let made = 0

  function step({ definition, terms }: RegisteredMonitor, event: MonitorEvent, now: number): void {
    const taken = transition(states.get(definition.id) ?? WAITING, event, now, terms)
    states.set(definition.id, taken.state)
    const seen = taken.openedRun === null ? taken.closedRuns : [...taken.closedRuns, taken.openedRun]
    for (const run of seen) runs.set(run.runId, runView(run))
    alerts.push(...taken.alerts.map(alertView))
  }

  return {
    alerts,
    runs,
    take(entry) {
      const monitor = entry.monitorId === undefined ? undefined : monitors.get(entry.monitorId)
      if (monitor === undefined) return
      if (entry.type === 'removed') states.delete(monitor.definition.id)
      const event = eventOf(entry)
      if (event !== undefined) step(monitor, event, Date.parse(countsAt(entry)))
    },
    sweep(at) {
      const newRunId = (): string => `replayed-${(made += 1)}`
      for (const monitor of monitors.values()) {
        if (states.has(monitor.definition.id)) step(monitor, { type: 'sweep', newRunId }, at)
      }
    },
  }
}

function countsAt(entry: JournalEntry): IsoInstant {
  return entry.type === 'request' && entry.ping !== undefined ? entry.ping.at : entry.at
}

function eventOf(entry: JournalEntry): MonitorEvent | undefined {
  switch (entry.type) {
    case 'request':
      return pingEvent(entry)
    case 'paused':
      return { type: 'pause', ...(entry.until === undefined ? {} : { until: Date.parse(entry.until) }) }
    case 'resumed':
      return { type: 'resume' }
    case 'defined':
    case 'removed':
    case 'acknowledged':
      return undefined
  }
}

function pingEvent({ ping, kind }: JournalRequest): MonitorEvent | undefined {
  if (ping === undefined || kind === undefined) return undefined
  const { runId, meta, errorMessage, logSnippet } = ping
  return {
    type: kind,
    newRunId: () => runId,
    ...(meta === undefined ? {} : { meta }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(logSnippet === undefined ? {} : { logOutput: logSnippet }),
  }
}
