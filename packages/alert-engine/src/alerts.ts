import type { MonitorAlertFacts } from './alert-facts.ts'
import type { Instant } from './clock.ts'
import { messageOf, testMessage } from './messages.ts'
import type { Alert, RunId, TestAlert } from './model.ts'
import { SEVERITY_OF } from './service-rules.ts'
import type { Terms } from './terms.ts'

/** An alert about a run, from its facts. */
export function alertOf(facts: MonitorAlertFacts, runId: RunId, at: Instant, terms: Terms): Alert {
  return {
    ...facts,
    severity: SEVERITY_OF[facts.type],
    monitorId: terms.monitorId,
    runId,
    at,
    message: messageOf(facts, at, terms),
  }
}

/**
 * The alert that shows whether a channel works. It goes to that channel alone, whatever its minimum severity.
 *
 * @param channelName  What the message calls the channel.
 */
export function testAlert(
  { id, name = id }: { readonly id: string; readonly name?: string },
  at: Instant,
): TestAlert {
  const details = { channelId: id }
  return { type: 'test', severity: SEVERITY_OF.test, at, message: testMessage(name, at), details }
}
