import type { Clock } from '../clock.ts'
import type { ExitDelivery } from './deliver-at-exit.ts'
import type { ExitRequest } from './exit-request.ts'
import { deferringListeners } from './signal-exit-listeners.ts'

/** Why the process ends, as far as it is known. */
export type ProcessEnd =
  /** Nothing keeps it alive any more. */
  | { readonly type: 'drained' }
  /** `process.exit`, or an error that nobody caught. */
  | {
      readonly type: 'exit'
      readonly code: number
      readonly uncaught: { readonly error: unknown } | undefined
    }
  | { readonly type: 'signal'; readonly signal: string }

/** A monitor, as far as the end of the process concerns it. */
export interface ExitMonitor {
  /** Hands over a fail ping for each run that is still open: its job can never finish now. */
  endOpenRuns(end: ProcessEnd): void
}

/** A delivery, as far as the end of the process concerns it. */
export interface ExitDeliverer {
  /** Sends what it can within that time, and gives up the rest. */
  finish(withinMs: number): Promise<void>
  /** The ends that are held, to be sent here and now; empty where the service is known to be away. */
  lastRequests(): readonly ExitRequest[]
  /** Says which of these were not answered. */
  afterLastRequests(unanswered: readonly ExitRequest[]): void
  hasWork(): boolean
}

/** What of Node's `process` is used. */
export interface ProcessEvents {
  on(event: string, listener: (...parameters: never[]) => void): unknown
  off(event: string, listener: (...parameters: never[]) => void): unknown
  listenerCount(event: string): number
  kill(pid: number, signal: string): unknown
  readonly pid: number
}

/** Watches for the end of the process. */
export interface ExitWatch {
  addMonitor(monitor: ExitMonitor): void
  removeMonitor(monitor: ExitMonitor): void
  addDelivery(delivery: ExitDeliverer): void
  /** Also reacts to SIGTERM and SIGINT, from now on. */
  handleSignals(): void
}

/** Milliseconds that a natural end may be put off. Process managers kill after 1,600 ms at the earliest. */
export const DRAIN_MS = 1_500
/** Milliseconds for which `process.exit` may be put off: this stops everything, so it is short. */
export const EXIT_MS = 1_000

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/**
 * One watch for a process, with one listener for each event however many clients there are, and none before the
 * first client. It never decides how the process ends: not its exit code, not whether a signal or an error kills it.
 */
export function createExitWatch(
  events: ProcessEvents,
  deliverAtExit: (requests: readonly ExitRequest[], boundMs: number) => ExitDelivery,
  clock: Pick<Clock, 'schedule'>,
): ExitWatch {
  const monitors = new Set<ExitMonitor>()
  const deliveries = new Set<ExitDeliverer>()
  let uncaught: { readonly error: unknown } | undefined
  let isListening = false
  let handlesSignals = false

  const finish = async (end: ProcessEnd): Promise<void> => {
    for (const monitor of monitors) monitor.endOpenRuns(end)
    const busy = [...deliveries].filter((delivery) => delivery.hasWork())
    await Promise.all(busy.map((delivery) => delivery.finish(DRAIN_MS)))
  }
  const onBeforeExit = (): void => void finish({ type: 'drained' })
  // Only looks: the error goes on to kill the process, or to whoever handles it.
  const onUncaught = (error: unknown): void => {
    const seen = { error }
    uncaught = seen
    // A process that takes another turn has survived the error, which is then not what ends it later.
    clock.schedule(() => (uncaught = uncaught === seen ? undefined : uncaught), 0, false)
  }
  const onExit = (code: number): void => {
    // An error that somebody handled is no reason for an exit that went well.
    const end: ProcessEnd = { type: 'exit', code, uncaught: code === 0 ? undefined : uncaught }
    for (const monitor of monitors) monitor.endOpenRuns(end)
    const requests = [...deliveries].map((delivery) => ({ delivery, requests: delivery.lastRequests() }))
    const all = requests.flatMap((one) => one.requests)
    const unanswered = new Set(all.length === 0 ? [] : deliverAtExit(all, EXIT_MS).unanswered)
    for (const one of requests) {
      one.delivery.afterLastRequests(one.requests.filter((request) => unanswered.has(request)))
    }
  }
  const stopListening = (): void => {
    for (const name of SIGNALS) events.off(name, onSignal)
  }
  let isEnding = false
  const onSignal = (signal: string): void => {
    // A second signal acts as if nobody listened.
    if (isEnding) {
      stopListening()
      return void events.kill(events.pid, signal)
    }
    // Ours is one of the listeners; those of signal-exit leave the decision to the others.
    if (events.listenerCount(signal) > 1 + deferringListeners()) {
      stopListening()
      return void Promise.all([...deliveries].map((delivery) => delivery.finish(DRAIN_MS)))
    }
    isEnding = true
    void finish({ type: 'signal', signal }).then(() => {
      stopListening()
      events.kill(events.pid, signal)
    })
  }
  const listen = (): void => {
    if (isListening) return
    isListening = true
    events.on('beforeExit', onBeforeExit)
    events.on('uncaughtExceptionMonitor', onUncaught)
    events.on('exit', onExit)
  }
  return {
    addMonitor: (monitor) => {
      monitors.add(monitor)
      listen()
    },
    removeMonitor: (monitor) => void monitors.delete(monitor),
    addDelivery: (delivery) => {
      deliveries.add(delivery)
      listen()
    },
    handleSignals: () => {
      if (handlesSignals) return
      handlesSignals = true
      for (const signal of SIGNALS) events.on(signal, onSignal)
    },
  }
}
