import type {
  Alert,
  ClosedRun,
  FailingState,
  Instant,
  MonitorState,
  OpenedRun,
  SilentFailure,
  Suppression,
} from '@crontify/alert-engine'
import type { ChannelDefinition, Meta, MonitorDefinition } from '@crontify/protocol'
import type {
  MockAlert,
  MockChannel,
  MockMonitor,
  MockOutage,
  MockRun,
  MockSilentFailure,
  MockSuppression,
} from './mock-records.ts'
import type { IsoInstant } from './time-texts.ts'

/** The door between the engine, where instants are numbers, and everybody else, for whom they are ISO texts. */
export function isoInstant(instant: Instant): IsoInstant {
  if (latest?.instant !== instant) latest = { instant, text: new Date(instant).toISOString() }
  return latest.text
}

/** One ping shows its instant in several places. */
let latest: { readonly instant: Instant; readonly text: IsoInstant } | undefined

/** A run as it is handed out. Its log is not part of it: the service, too, keeps logs apart. [D LOG] */
export function runView(run: OpenedRun | ClosedRun): MockRun {
  const { runId, monitorId, status } = run
  switch (run.status) {
    case 'running':
      return Object.freeze({ runId, monitorId, status, startedAt: isoInstant(run.startedAt) })
    case 'missed':
      return Object.freeze({ runId, monitorId, status, expectedAt: isoInstant(run.expectedAt) })
    case 'hung':
    case 'overlapped':
      return Object.freeze({
        runId,
        monitorId,
        status,
        startedAt: isoInstant(run.startedAt),
        endedAt: isoInstant(run.endedAt),
      })
    case 'success':
    case 'failed':
      return Object.freeze({
        runId,
        monitorId,
        status,
        ...(run.startedAt === undefined ? {} : { startedAt: isoInstant(run.startedAt) }),
        endedAt: isoInstant(run.endedAt),
        ...(run.durationMs === undefined ? {} : { durationMs: run.durationMs }),
        ...metaView(run.meta),
        ...(run.status === 'failed' && run.errorMessage !== undefined
          ? { errorMessage: run.errorMessage }
          : {}),
        ...(run.status === 'success' && run.isDurationAnomaly ? { isDurationAnomaly: true as const } : {}),
      })
  }
}

/** An alert as it is handed out. */
export function alertView(alert: Alert): MockAlert {
  return Object.freeze({
    type: alert.type,
    severity: alert.severity,
    monitorId: alert.monitorId,
    runId: alert.runId,
    at: isoInstant(alert.at),
    message: alert.message,
    ...(alert.suppressed === undefined ? {} : { suppressed: suppressionView(alert.suppressed) }),
    details: detailsView(alert.details),
  })
}

function suppressionView(suppressed: Suppression): MockSuppression {
  return Object.freeze(
    suppressed.reason === 'cooldown'
      ? { reason: suppressed.reason, untilAt: isoInstant(suppressed.untilAt) }
      : { reason: suppressed.reason },
  )
}

/** Metadata as an entry of a frozen record; nothing where there is none. */
export function metaView(meta: Meta | undefined): { readonly meta?: Meta } {
  return meta === undefined ? {} : { meta: Object.freeze({ ...meta }) }
}

/** A monitor as it is handed out. */
export function monitorView(definition: MonitorDefinition, state: MonitorState): MockMonitor {
  const facts = state.status === 'paused' ? state.resumesAs : state
  const common = {
    id: definition.id,
    name: definition.name ?? definition.id,
    status: state.status,
    definition,
  }
  if (facts.status === 'waiting') return Object.freeze({ ...common, ...pauseView(state) })
  return Object.freeze({
    ...common,
    lastPingAt: isoInstant(facts.lastPingAt),
    ...(facts.watch === null || state.status === 'paused'
      ? {}
      : { nextExpectedAt: isoInstant(facts.watch.expectedAt) }),
    ...(facts.status === 'failing'
      ? { failingSince: isoInstant(facts.failingSince), outage: outageView(facts) }
      : {}),
    ...(facts.silent === null ? {} : { silentFailure: silentFailureView(facts.silent) }),
    ...(facts.openRun === null ? {} : { openRunId: facts.openRun.runId }),
    ...pauseView(state),
  })
}

function pauseView(state: MonitorState): Pick<MockMonitor, 'pause'> {
  if (state.status !== 'paused') return {}
  const { until, reason } = state
  return {
    pause: Object.freeze({
      ...(until === undefined ? {} : { until: isoInstant(until) }),
      ...(reason === undefined ? {} : { reason }),
    }),
  }
}

function outageView({ failingSince, cause, failedRuns }: FailingState): MockOutage {
  const { type, runId, message } = cause
  return Object.freeze({ since: isoInstant(failingSince), type, runId, message, runs: failedRuns })
}

function silentFailureView({ since, runs, rules }: SilentFailure): MockSilentFailure {
  return Object.freeze({ since: isoInstant(since), runs, rules: Object.freeze([...rules]) })
}

// The engine names every instant among an alert's facts `…At`.
function detailsView(details: Alert['details']): Readonly<Record<string, unknown>> {
  const entries = Object.entries(details).map(([name, value]: [string, unknown]) => [
    name,
    name.endsWith('At') && typeof value === 'number' ? isoInstant(value) : frozenCopy(value),
  ])
  return Object.freeze(Object.fromEntries(entries) as Record<string, unknown>)
}

function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy))
  return typeof value === 'object' && value !== null ? Object.freeze({ ...value }) : value
}

/** A channel as it is handed out: without its address or key. */
export function channelView({ id, kind, name, minimumSeverity }: ChannelDefinition): MockChannel {
  return Object.freeze({
    id,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(minimumSeverity === undefined ? {} : { minimumSeverity }),
  })
}
