import type { MonitorDefinition } from '@crontify/protocol'
import { createCalendar } from '../../src/calendar.ts'
import { createDeadlineQueue } from '../../src/deadline-queue.ts'
import { type Alert, type MonitorEvent, type MonitorState, WAITING } from '../../src/model.ts'
import { nextDeadline } from '../../src/next-deadline.ts'
import type { Semantics } from '../../src/semantics.ts'
import { termsOf } from '../../src/terms.ts'
import { transition } from '../../src/transition.ts'
import { fateOf, MONTH, PAUSES } from './month-story.ts'

const MINUTE_MS = 60_000
const HEARTBEAT_MS = 1_800_000

interface Happening {
  readonly at: number
  readonly monitorId: string
  readonly event: MonitorEvent
}

/** All alerts of the month, in the order in which they were raised. */
export function simulateMonth(
  definitions: readonly MonitorDefinition[],
  semantics: Semantics,
): readonly Alert[] {
  const calendar = createCalendar()
  const terms = new Map(definitions.map((each) => [each.id, termsOf(each, semantics, calendar)]))
  const states = new Map<string, MonitorState>()
  const deadlines = createDeadlineQueue()
  const alerts: Alert[] = []
  let ids = 0
  const newRunId = (): string => `run-${(ids += 1)}`

  function take({ monitorId, event, at }: Happening): void {
    const own = terms.get(monitorId)
    if (own === undefined) throw new Error(`The story names ${monitorId}, which does not exist`)
    const step = transition(states.get(monitorId) ?? WAITING, event, at, own)
    states.set(monitorId, step.state)
    deadlines.set(monitorId, nextDeadline(step.state, own))
    alerts.push(...step.alerts)
  }

  let sweptAt = MONTH.from
  for (const happening of [...happeningsOf(definitions, calendar, newRunId), null]) {
    const until = happening?.at ?? MONTH.to
    for (; sweptAt <= until; sweptAt += MINUTE_MS) {
      for (const monitorId of deadlines.takeDue(sweptAt).toSorted()) {
        take({ at: sweptAt, monitorId, event: { type: 'sweep', newRunId } })
      }
    }
    if (happening !== null) take(happening)
  }
  return alerts
}

function happeningsOf(
  definitions: readonly MonitorDefinition[],
  calendar: ReturnType<typeof createCalendar>,
  newRunId: () => string,
): Happening[] {
  const runs = definitions.flatMap((definition) =>
    slotsOf(definition, calendar).flatMap((slot) => runOf(definition, slot, newRunId)),
  )
  const pauses = PAUSES.flatMap(({ monitorId, at, until }): Happening[] => [
    { at: Date.parse(at), monitorId, event: { type: 'pause' } },
    { at: Date.parse(until), monitorId, event: { type: 'resume' } },
  ])
  return [...pauses, ...runs].toSorted((one, other) => one.at - other.at)
}

function slotsOf(
  { schedule, timezone = 'UTC' }: MonitorDefinition,
  calendar: ReturnType<typeof createCalendar>,
): number[] {
  const next = (after: number): number | null =>
    schedule === undefined
      ? after + HEARTBEAT_MS
      : calendar.schedule({ schedule, dialect: 'croner', timezone }).nextAfter(after)
  const slots: number[] = []
  for (let slot = next(MONTH.from); slot !== null && slot < MONTH.to; slot = next(slot)) slots.push(slot)
  return slots
}

function runOf(definition: MonitorDefinition, slot: number, newRunId: () => string): Happening[] {
  const fate = fateOf(definition, slot)
  const monitorId = definition.id
  if (fate.type === 'never') return []
  // Schedulers are a second or two late.
  const startedAt = slot + 1_500
  const started: Happening = { at: startedAt, monitorId, event: { type: 'start', newRunId } }
  if (fate.type === 'hang') return [started]
  const { tookMs, ...rest } = fate
  // A heartbeat never starts.
  if (definition.everySeconds !== undefined) return [{ at: slot, monitorId, event: { ...rest, newRunId } }]
  return [started, { at: startedAt + tookMs, monitorId, event: { ...rest, newRunId } }]
}
