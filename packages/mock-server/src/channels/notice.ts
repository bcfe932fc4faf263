import type { TestAlert } from '@crontify/alert-engine'
import type { AlertType, MonitorDefinition, Severity } from '@crontify/protocol'
import type { MockAlert } from '../mock-records.ts'
import { hasVisibleText } from './safe-text.ts'
import type { IsoInstant } from '../time-texts.ts'
import { isoInstant } from '../views.ts'

/** What every channel has to say, before it says it in its own way. All texts are as the job sent them. */
export interface Notice {
  readonly alertType: AlertType
  readonly severity: Severity
  readonly at: IsoInstant
  /** For people: the monitor's name. */
  readonly title: string
  readonly message: string
  readonly monitorId?: string
  /** Of a notice about several monitors. */
  readonly monitorIds?: readonly string[]
  readonly monitorName?: string
  readonly runId?: string
  readonly errorMessage?: string
  /** The first 500 characters of the log. [D CHAN] */
  readonly logSnippet?: string
  readonly runbook?: string
  /** True for the recovery from silent failures, which are an incident of their own. */
  readonly endsSilentFailure?: true
}

const TITLES: Readonly<Record<string, string>> = {
  failure: 'failed',
  missed: 'did not run',
  hung: 'hangs',
  overlapped: 'overlaps itself',
  silent_failure: 'succeeded without doing its work',
  slow: 'is slow',
  failure_rate: 'fails too often',
  recovery: 'works again',
}

/** What there is to say about an alert. */
export function noticeOf(alert: MockAlert, definition: MonitorDefinition): Notice {
  const { type, severity, at, message, monitorId, runId, details } = alert
  const monitorName = definition.name ?? definition.id
  return {
    alertType: type,
    severity,
    at,
    title: `${monitorName} ${TITLES[type] ?? type}`,
    message,
    monitorId,
    monitorName,
    ...(runId === undefined ? {} : { runId }),
    ...textFact('errorMessage', details['errorMessage']),
    ...textFact('logSnippet', details['logSnippet']),
    ...(type === 'recovery' && details['silentRuns'] !== undefined
      ? { endsSilentFailure: true as const }
      : {}),
    ...(definition.runbook === undefined ? {} : { runbook: definition.runbook }),
  }
}

/** What a test alert says: that the channel works, and nothing about any monitor. */
export function testNoticeOf({ type, severity, at, message }: TestAlert): Notice {
  return { alertType: type, severity, at: isoInstant(at), title: 'Test alert', message }
}

/** What was missed while this server was away, in one notice. Each monitor has its alert all the same. */
export function downtimeNoticeOf(alerts: readonly MockAlert[]): Notice {
  const [first] = alerts
  return {
    alertType: 'missed',
    severity: first?.severity ?? 'critical',
    at: first?.at ?? isoInstant(0),
    title: `${alerts.length} jobs did not run while the local Crontify was not running`,
    message: alerts.map(({ message }) => message).join('\n'),
    monitorIds: alerts.map(({ monitorId }) => monitorId),
  }
}

function textFact<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: string } {
  return typeof value === 'string' && hasVisibleText(value)
    ? ({ [name]: value } as { [key in Name]: string })
    : {}
}
