import {
  type Alert,
  type Clock,
  createCalendar,
  createVirtualClock,
  documentedLiteral,
  type MonitorEvent,
  type MonitorState,
  scheduleAware,
  termsOf,
  transition,
  WAITING,
} from '@crontify/alert-engine'
import type { MonitorDefinition } from '@crontify/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createHistory } from './history.ts'
import { createMonitorRegistry, type RegisteredMonitor } from './monitor-registry.ts'
import { createSubscribers } from './subscribers.ts'
import { alertView } from './views.ts'

const BEGIN = Date.UTC(2026, 0, 5)
const MINUTE_MS = 60_000
const KINDS = ['start', 'success', 'fail', 'pause', 'resume'] as const

interface Deed {
  readonly afterMs: number
  readonly monitorId: string
  readonly kind: (typeof KINDS)[number]
}

const definitions: readonly MonitorDefinition[] = [
  { id: 'hourly', schedule: '0 * * * *', graceSeconds: 90 },
  { id: 'minutely', schedule: '* * * * *', graceSeconds: 0, maxDurationSeconds: 45 },
  { id: 'heartbeat', everySeconds: 50, graceSeconds: 10, cooldownSeconds: 600 },
  { id: 'long', maxDurationSeconds: 1_800 },
  {
    id: 'local',
    schedule: '*/10 * * * *',
    timezone: 'Asia/Kathmandu',
    failureRate: { above: 0.3, window: 5 },
  },
]

const deeds = fc.array(
  fc.record({
    // Often exactly on a sweep, or right beside one.
    afterMs: fc.oneof(
      fc.constantFrom(0, 1, MINUTE_MS - 1, MINUTE_MS, 10 * MINUTE_MS),
      fc.nat(30 * MINUTE_MS),
    ),
    monitorId: fc.constantFrom(...definitions.map(({ id }) => id)),
    kind: fc.constantFrom(...KINDS, 'start' as const, 'success' as const),
  }),
  { maxLength: 40, size: 'max' },
)

function registeredUnder(semantics: typeof scheduleAware): RegisteredMonitor[] {
  return definitions.map((definition) => ({ definition, terms: termsOf(definition, semantics) }))
}

async function byRegistry(
  registered: readonly RegisteredMonitor[],
  story: readonly Deed[],
): Promise<unknown> {
  const clock = createVirtualClock({ startAt: BEGIN, settle: () => Promise.resolve() })
  const history = createHistory({
    requests: 1_000,
    notifications: 1_000,
    pings: 1_000,
    runsPerMonitor: 10_000,
    alerts: 10_000,
  })
  let ids = 0
  const newId = (): string => `run-${(ids += 1)}`
  const registry = createMonitorRegistry(registered, {
    clock,
    newId,
    history,
    subscribers: createSubscribers(),
  })
  registry.startSweeping(MINUTE_MS)
  for (const { afterMs, monitorId, kind } of story) {
    await clock.advance(afterMs)
    if (kind === 'pause') registry.pause(monitorId)
    else if (kind === 'resume') registry.resume(monitorId)
    else registry.ping(monitorId, { kind })
  }
  await clock.advance(60 * MINUTE_MS)
  return history.alerts()
}

/** The service as it is described: each minute, a look at every monitor. */
function byScan(registered: readonly RegisteredMonitor[], story: readonly Deed[]): unknown {
  const states = new Map<string, MonitorState>()
  const alerts: Alert[] = []
  let ids = 0
  const newRunId = (): string => `run-${(ids += 1)}`
  const take = ({ definition: { id }, terms }: RegisteredMonitor, event: MonitorEvent, now: number): void => {
    const step = transition(states.get(id) ?? WAITING, event, now, terms)
    states.set(id, step.state)
    alerts.push(...step.alerts)
  }
  let now = BEGIN
  const moveTo = (until: number): void => {
    for (
      let at = BEGIN + Math.floor((now - BEGIN) / MINUTE_MS + 1) * MINUTE_MS;
      at <= until;
      at += MINUTE_MS
    ) {
      for (const monitor of registered) take(monitor, { type: 'sweep', newRunId }, at)
    }
    now = until
  }
  for (const { afterMs, monitorId, kind } of story) {
    moveTo(now + afterMs)
    const monitor = registered.find(({ definition }) => definition.id === monitorId)
    if (monitor === undefined) throw new Error('The story names a monitor that is not there')
    take(monitor, { type: kind, newRunId }, now)
  }
  moveTo(now + 60 * MINUTE_MS)
  return alerts.map(alertView)
}

it('alerts as if it had looked at every monitor each minute', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(scheduleAware, documentedLiteral), deeds, async (semantics, story) => {
      const registered = registeredUnder(semantics)
      expect(await byRegistry(registered, story)).toEqual(byScan(registered, story))
    }),
    { numRuns: 150 },
  )
})

it.each([1, 10_000])('sweeps at no time while %d monitors wait or are paused', async (count) => {
  const inner = createVirtualClock({ startAt: BEGIN })
  let scheduled = 0
  const clock: Clock = {
    now: inner.now,
    schedule(callback, afterMs) {
      scheduled += 1
      return inner.schedule(callback, afterMs)
    },
  }
  const calendar = createCalendar()
  const registered = Array.from({ length: count }, (_, index) => {
    const definition = { id: `job-${index}`, schedule: '* * * * *' }
    return { definition, terms: termsOf(definition, scheduleAware, calendar) }
  })
  const history = createHistory({ requests: 1, notifications: 1, pings: 1, runsPerMonitor: 1, alerts: 1 })
  const registry = createMonitorRegistry(registered, {
    clock,
    newId: () => 'run',
    history,
    subscribers: createSubscribers(),
  })
  registry.startSweeping(MINUTE_MS)

  await inner.advance(24 * 60 * MINUTE_MS)

  expect(scheduled).toBe(0)
})
