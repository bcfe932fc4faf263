import type { Severity } from '@crontify/protocol'
import type { AlertFacts } from './alert-facts.ts'
import type { Instant } from './clock.ts'
import { messageOf } from './messages.ts'
import type { Alert, RunId } from './model.ts'
import type { Terms } from './terms.ts'

const SEVERITIES: Readonly<Record<AlertFacts['type'], Severity>> = {
  failure: 'critical', // [D CHAN]
  missed: 'critical', // [D CHAN]
  hung: 'critical', // [I]
  overlapped: 'warning', // [I]
  silent_failure: 'warning', // [I]
  recovery: 'info', // [I]
}

/** An alert about a run, from its facts. */
export function alertOf(facts: AlertFacts, runId: RunId, at: Instant, terms: Terms): Alert {
  return {
    ...facts,
    severity: SEVERITIES[facts.type],
    monitorId: terms.monitorId,
    runId,
    at,
    message: messageOf(facts, at, terms),
  }
}
