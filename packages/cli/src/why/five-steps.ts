import {
  attentionOf,
  type Attention,
  type MonitorFacts,
  type MockAlert,
  type MockRun,
} from '@crontify/mock-server'

/** The five steps to take when a job has failed. */
export interface FiveSteps {
  readonly monitorId: string
  readonly status: string
  readonly attention: Attention | undefined
  /** 1. What the alert says. */
  readonly alert: AlertStep | undefined
  /** 2. Whether it is the first failure, or part of a pattern. */
  readonly history: HistoryStep
  /** 3. What is affected. */
  readonly impact: ImpactStep
  /** 4. What to do. */
  readonly action: ActionStep
  /** 5. What resolves it. */
  readonly resolution: ResolutionStep
}

export interface AlertStep {
  readonly type: string
  readonly at: string
  readonly message: string
  readonly errorMessage?: string
  /** The beginning of the log, as far as alerts show it. */
  readonly log?: string
  readonly durationMs?: number
  readonly details: Readonly<Record<string, unknown>>
}

export interface HistoryStep {
  /** The last runs, the latest first. */
  readonly runs: readonly Pick<
    MockRun,
    'status' | 'startedAt' | 'endedAt' | 'expectedAt' | 'durationMs' | 'errorMessage'
  >[]
  readonly bad: number
  readonly lastSuccessAt: string | undefined
}

export interface ImpactStep {
  readonly tier: number | undefined
  readonly description: string | undefined
  readonly owner: string | undefined
  readonly tags: readonly string[]
  /** Runs since the last good one: what they should have done is not done. */
  readonly runsLost: number
}

export interface ActionStep {
  readonly runbook: string | undefined
  readonly rerun: string | undefined
  readonly nextExpectedAt: string | undefined
}

export interface ResolutionStep {
  readonly recovered: boolean
  /** False if no alert reports that it works again. */
  readonly recoveryAlert: boolean
  readonly channels: readonly string[]
  readonly notified: readonly string[] | undefined
}

const SHOWN_RUNS = 10
const BAD: ReadonlySet<string> = new Set(['failed', 'missed', 'hung', 'overlapped'])

/** Puts the five steps together. Pure. */
export function fiveSteps(facts: MonitorFacts): FiveSteps {
  const { monitor, runs, alerts } = facts
  const { definition } = monitor
  const attention = attentionOf(facts)
  const latest = runs.toReversed()
  const shown = latest.filter(({ status }) => status !== 'running').slice(0, SHOWN_RUNS)
  const runsLost = latest
    .filter(({ status }) => status !== 'running')
    .findIndex(({ status }) => status === 'success')
  return {
    monitorId: monitor.id,
    status: monitor.status,
    attention,
    alert: alertStep(alerts, attention),
    history: {
      runs: shown.map(({ runId: _runId, monitorId: _monitorId, ...run }) => run),
      bad: shown.filter(({ status }) => BAD.has(status)).length,
      lastSuccessAt: latest.find(({ status }) => status === 'success')?.endedAt,
    },
    impact: {
      tier: definition.tier,
      description: definition.description,
      owner: definition.owner,
      tags: definition.tags ?? [],
      runsLost: runsLost === -1 ? shown.length : runsLost,
    },
    action: { runbook: definition.runbook, rerun: definition.rerun, nextExpectedAt: monitor.nextExpectedAt },
    resolution: {
      recovered: attention === undefined,
      recoveryAlert: definition.recovery !== false,
      channels: definition.channels ?? [],
      notified: attention?.notified,
    },
  }
}

/** The cause of what is wrong now, else the last alert of a problem. */
function alertStep(alerts: readonly MockAlert[], attention: Attention | undefined): AlertStep | undefined {
  const cause = attention?.cause
  const alert = alerts.findLast(({ type, at, message }) =>
    cause === undefined
      ? type !== 'recovery'
      : type === cause.type && at === cause.at && message === cause.message,
  )
  if (alert === undefined) return undefined
  const { errorMessage, logSnippet, durationMs } = alert.details
  return {
    type: alert.type,
    at: alert.at,
    message: alert.message,
    ...(typeof errorMessage === 'string' && { errorMessage }),
    ...(typeof logSnippet === 'string' && { log: logSnippet }),
    ...(typeof durationMs === 'number' && { durationMs }),
    details: alert.details,
  }
}
