import type { Rendered } from './notification.ts'
import type { Notice } from './notice.ts'
import { oneLine } from './safe-text.ts'

const PAGERDUTY_SUMMARY = 1_024
/** Alerts that a recovery ends. */
const OUTAGES: ReadonlySet<string> = new Set(['failure', 'missed', 'hung', 'failure_rate', 'recovery'])

/**
 * The JSON that a webhook gets. Of the service's own only the content and the key `logSnippet` are documented [D CHAN]:
 * every other name here is ours [I], so do not write a parser for the service from this.
 */
export function renderWebhook(notice: Notice): Rendered {
  const { alertType, severity, at, message, monitorId, monitorName, runId, errorMessage, logSnippet } = notice
  const body = {
    alertType,
    severity,
    monitorId,
    monitorName,
    runId,
    message,
    errorMessage,
    logSnippet,
    at,
  }
  return { kind: 'webhook', body: withoutUndefined(body) }
}

/**
 * An event of PagerDuty's Events API v2. An outage of a monitor is one incident, which its recovery resolves; the routing
 * key is a secret and stands here as `…`. That the service has PagerDuty at all is not documented. [?]
 */
export function renderPagerDuty(notice: Notice): Rendered {
  const { alertType, severity, at, title, message, monitorId, runId, errorMessage, logSnippet, runbook } =
    notice
  const subject = monitorId ?? (alertType === 'test' ? 'test' : 'downtime')
  const incident = notice.endsSilentFailure === true ? 'silent_failure' : alertType
  const details = withoutUndefined({ alertType, runId, message, errorMessage, logSnippet })
  return {
    kind: 'pagerduty',
    body: {
      routing_key: '…',
      event_action: alertType === 'recovery' ? 'resolve' : 'trigger',
      dedup_key: OUTAGES.has(incident) ? `crontify:${subject}` : `crontify:${subject}:${incident}`,
      payload: {
        summary: oneLine(title, PAGERDUTY_SUMMARY),
        source: subject,
        severity,
        timestamp: at,
        custom_details: details,
      },
      ...(runbook === undefined ? {} : { links: [{ href: runbook, text: 'What to do' }] }),
    },
  }
}

function withoutUndefined(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
