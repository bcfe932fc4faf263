import {
  type Alert,
  type Clock,
  type ClosedRun,
  createDeadlineQueue,
  type MonitorEvent,
  type MonitorState,
  nextDeadline,
  type OpenedRun,
  type Step,
  type Terms,
  transition,
  WAITING,
} from '@crontify/alert-engine'
import { type Meta, type MonitorDefinition, type PingKind, SWEEP_EVERY_MS } from '@crontify/protocol'
import { CrontifyMockError } from './mock-error.ts'
import type { History } from './history.ts'
import type { MockAlert, MockMonitor, MockPing } from './mock-records.ts'
import type { Subscribers } from './subscribers.ts'
import { createSweepTimer, type SweepTimer } from './sweep-timer.ts'
import { alertView, isoInstant, metaView, monitorView } from './views.ts'

/** A ping that has been let in and read. */
export interface IncomingPing {
  readonly kind: PingKind
  readonly meta?: Meta
  readonly errorMessage?: string
  readonly logOutput?: string
}

/** What a ping did. */
export interface PingEffect {
  readonly runId: string
  readonly status: 'running' | 'success' | 'failed'
  readonly at: string
}

/** A monitor and the terms under which it is judged. */
export interface RegisteredMonitor {
  readonly definition: MonitorDefinition
  readonly terms: Terms
}

/** Holds the monitors' states and hands on what the engine says. Decides nothing. */
export interface MonitorRegistry {
  /** `undefined` for a monitor that does not exist. */
  ping(monitorId: string, ping: IncomingPing): PingEffect | undefined
  pause(monitorId: string, end?: { readonly until?: number; readonly reason?: string }): void
  resume(monitorId: string): void
  has(monitorId: string): boolean
  /** Adds a monitor, or gives one other terms. What is known of it stays; a new rhythm is reckoned from now. */
  define(monitor: RegisteredMonitor): void
  /** Forgets a monitor and its state. */
  remove(monitorId: string): void
  /** Takes up a state that was kept elsewhere. */
  restore(monitorId: string, state: MonitorState): void
  monitor(monitorId: string): MockMonitor
  monitors(): readonly MockMonitor[]
  /** Looks each `everyMs` from now on at the monitors that are due; returns what ends it. */
  startSweeping(everyMs: number): () => void
  reset(): void
}

/** What an event made of a monitor, all of it at once. */
export interface MonitorChange {
  readonly monitorId: string
  readonly state: MonitorState
  readonly runs: readonly (OpenedRun | ClosedRun)[]
  readonly alerts: readonly Alert[]
  readonly ping?: MockPing
}

/** What a registry needs from around it. */
export interface RegistryDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly history: History
  readonly subscribers: Subscribers
  /** Called for each change first, before the ping that caused it is answered. */
  readonly onChange?: (change: MonitorChange) => void
  /** Called after downtime with the alerts of runs that were missed in it, if they are more than one. */
  readonly onSummary?: (alerts: readonly MockAlert[]) => void
}

/** A sweep that comes later than this follows a sleep of the machine. */
const AWAY_AFTER_MS = 3 * SWEEP_EVERY_MS
const NO_ALERTS: ReadonlySet<Alert> = new Set()

const STATUS_AFTER = { start: 'running', success: 'success', fail: 'failed' } as const

/** Creates a registry in which every monitor waits for its first ping. */
export function createMonitorRegistry(
  registered: readonly RegisteredMonitor[],
  { clock, newId, history, subscribers, onChange, onSummary }: RegistryDependencies,
): MonitorRegistry {
  const monitors = new Map(registered.map((monitor) => [monitor.definition.id, monitor]))
  const states = new Map<string, MonitorState>()
  const orders = new Map(registered.map(({ definition }, order) => [definition.id, order]))
  let nextOrder = registered.length
  const deadlines = createDeadlineQueue()
  let timer: SweepTimer | undefined
  let restoredAt: number | undefined

  function stateOf(monitorId: string): MonitorState {
    return states.get(monitorId) ?? WAITING
  }

  function known(monitorId: string): RegisteredMonitor {
    const monitor = monitors.get(monitorId)
    if (monitor !== undefined) return monitor
    const ids = [...monitors.keys()]
    throw new CrontifyMockError(
      'ERR_NOT_FOUND',
      `There is no monitor ${JSON.stringify(monitorId)}; ` +
        (ids.length === 0 ? 'this server has none' : `this server has ${ids.join(', ')}`),
    )
  }

  function take({ definition, terms }: RegisteredMonitor, event: MonitorEvent, now: number): Step {
    const before = stateOf(definition.id)
    const step = transition(before, event, now, terms)
    settle(definition.id, step.state, terms)
    if (before.status === 'paused' && step.state.status !== 'paused' && event.type !== 'resume') {
      subscribers.tell({ type: 'pauseEnded', monitorId: definition.id, at: isoInstant(before.until ?? now) })
    }
    return step
  }

  function settle(monitorId: string, state: MonitorState, terms: Terms): void {
    states.set(monitorId, state)
    deadlines.set(monitorId, nextDeadline(state, terms))
  }

  function keep(monitorId: string, { state, openedRun, closedRuns, alerts }: Step, ping?: MockPing): void {
    const runs = openedRun === null ? closedRuns : [...closedRuns, openedRun]
    onChange?.({ monitorId, state, runs, alerts, ...(ping === undefined ? {} : { ping }) })
  }

  function handOn(monitorId: string, step: Step, summarized: ReadonlySet<Alert> = NO_ALERTS): void {
    for (const slot of step.skippedSlots) {
      subscribers.tell({ type: 'skipped', monitorId, expectedAt: isoInstant(slot) })
    }
    for (const run of step.closedRuns) subscribers.tell({ type: 'run', run: history.recordRun(run) })
    if (step.openedRun !== null) {
      subscribers.tell({ type: 'run', run: history.recordRun(step.openedRun) })
    }
    for (const alert of step.alerts) {
      const isSummarized = summarized.has(alert) ? { isSummarized: true as const } : {}
      subscribers.tell({ type: 'alert', alert: history.recordAlert(alert), ...isSummarized })
    }
  }

  function ping(monitorId: string, incoming: IncomingPing): PingEffect | undefined {
    const monitor = monitors.get(monitorId)
    if (monitor === undefined) return undefined
    timer?.catchUp()
    const now = clock.now()
    const { kind, meta, errorMessage, logOutput } = incoming
    const step = take(monitor, { type: kind, newRunId: newId, ...told(meta, errorMessage, logOutput) }, now)
    timer?.arm()
    const run = step.openedRun ?? step.closedRuns.at(-1)
    if (run === undefined) throw new Error(`A ${kind} ping neither opened nor closed a run`)
    const at = isoInstant(now)
    const record = Object.freeze({
      monitorId,
      kind,
      at,
      runId: run.runId,
      ...metaView(meta),
      ...(errorMessage === undefined ? {} : { errorMessage }),
    })
    keep(monitorId, step, record)
    history.recordPing(record)
    subscribers.tell({ type: 'ping', ping: record })
    handOn(monitorId, step)
    return { runId: run.runId, status: STATUS_AFTER[kind], at }
  }

  function sweep(lateByMs: number): void {
    const now = clock.now()
    // The machine slept, or this server was not running: the sweeps on the way are missing.
    const wasAway =
      lateByMs > AWAY_AFTER_MS || (restoredAt !== undefined && now - restoredAt <= AWAY_AFTER_MS)
    restoredAt = undefined
    // In the order in which the monitors were given, as if each had been looked at.
    const due = deadlines
      .takeDue(now)
      .toSorted((one, other) => (orders.get(one) ?? 0) - (orders.get(other) ?? 0))
    // Due again at once, so that a sweep that throws half way does not lose the rest.
    for (const id of due) deadlines.set(id, now)
    const steps = wasAway ? due.map((id) => [id, lookAt(id, now)] as const) : []
    const missed = steps.flatMap(([, step]) => step?.alerts.filter(isSentMissed) ?? [])
    const summarized = new Set(missed.length > 1 ? missed : [])
    if (wasAway) for (const [id, step] of steps) if (step !== undefined) handOn(id, step, summarized)
    if (summarized.size > 0) onSummary?.(missed.map(alertView))
    if (wasAway) return
    for (const id of due) {
      const step = lookAt(id, now)
      if (step !== undefined) handOn(id, step)
    }
  }

  /** Sweeps one monitor; `undefined` where a listener of this sweep has removed it. */
  function lookAt(id: string, now: number): Step | undefined {
    const monitor = monitors.get(id)
    if (monitor === undefined) return undefined
    const before = stateOf(id)
    const step = take(monitor, { type: 'sweep', newRunId: newId }, now)
    if (step.state !== before || step.alerts.length > 0) keep(id, step)
    return step
  }

  /** What somebody does to a monitor, after the sweep that may be due at this very moment. */
  function mute(monitorId: string, event: Extract<MonitorEvent, { type: 'pause' | 'resume' }>): void {
    timer?.catchUp()
    keep(monitorId, take(known(monitorId), event, clock.now()))
    timer?.arm()
  }

  return {
    ping,
    pause: (monitorId, end = {}) => {
      mute(monitorId, { type: 'pause', ...end })
    },
    resume: (monitorId) => {
      mute(monitorId, { type: 'resume' })
    },
    define(monitor) {
      const { id } = monitor.definition
      timer?.catchUp()
      const before = monitors.get(id)
      monitors.set(id, monitor)
      if (before === undefined) orders.set(id, nextOrder++)
      // Other terms can make it due at another time.
      settle(id, stateOf(id), monitor.terms)
      timer?.arm()
      if (before === undefined || rhythmOf(before) === rhythmOf(monitor)) return
      if (stateOf(id).status === 'paused') return
      // A resume is what reckons every window anew.
      take(monitor, { type: 'pause' }, clock.now())
      mute(id, { type: 'resume' })
    },
    remove(monitorId) {
      known(monitorId)
      monitors.delete(monitorId)
      states.delete(monitorId)
      orders.delete(monitorId)
      deadlines.set(monitorId, null)
    },
    restore: (monitorId, state) => {
      restoredAt = clock.now()
      settle(monitorId, state, known(monitorId).terms)
      timer?.arm()
    },
    has: (monitorId) => monitors.has(monitorId),
    monitor: (monitorId) => monitorView(known(monitorId).definition, stateOf(monitorId)),
    monitors: () =>
      [...monitors.values()].map(({ definition }) => monitorView(definition, stateOf(definition.id))),
    startSweeping(everyMs) {
      timer = createSweepTimer(clock, everyMs, deadlines, sweep)
      timer.arm()
      return timer.stop
    },
    reset() {
      states.clear()
      deadlines.clear()
    },
  }
}

function isSentMissed({ type, suppressed }: Alert): boolean {
  return type === 'missed' && suppressed === undefined
}

function rhythmOf({ definition }: RegisteredMonitor): string {
  const { schedule, scheduleDialect, everySeconds, timezone } = definition
  return JSON.stringify([schedule, scheduleDialect, everySeconds, timezone])
}

function told(
  meta: Meta | undefined,
  errorMessage: string | undefined,
  logOutput: string | undefined,
): { readonly meta?: Meta; readonly errorMessage?: string; readonly logOutput?: string } {
  return {
    ...(meta === undefined ? {} : { meta }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(logOutput === undefined ? {} : { logOutput }),
  }
}
