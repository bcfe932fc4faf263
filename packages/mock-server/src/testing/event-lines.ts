import { durationText } from '@crontify/alert-engine'
import {
  type Meta,
  type MonitorDefinition,
  type Rule,
  cutText,
  ruleFires,
  ruleText,
} from '@crontify/protocol'
import type { JournalAct, JournalRequest } from '../journal/journal-entry.ts'
import type { MockAlert, MockEvent, MockPing, MockRun } from '../mock-records.ts'
import { oneLine } from '../channels/safe-text.ts'

const MAX_TEXT = 300
const INDENT = '       '

/** What an event says in a timeline: its word, padded, and what it means. Several lines where there are reasons. */
export function eventLines(event: MockEvent, definition: MonitorDefinition): readonly string[] {
  switch (event.type) {
    case 'ping':
      return pingLines(event.ping, definition.rules ?? [])
    case 'skipped':
      return [`slot   ${event.expectedAt} skipped: still running`]
    case 'pauseEnded':
      return ['resumed by itself: the pause had an end']
    case 'run':
      return runLines(event.run)
    case 'alert':
      return [`alert  ${alertText(event.alert, definition)}`]
    case 'notification': {
      const { channelId, kind } = event.notification
      return [`told   ${channelId} (${kind})`]
    }
    case 'request':
      return [requestText(event.request)]
    case 'act':
      return [actText(event.act)]
  }
}

function pingLines({ kind, runId, meta, errorMessage }: MockPing, rules: readonly Rule[]): readonly string[] {
  const facts = Object.entries(meta ?? {}).map(([name, value]) => `${name}=${value}`)
  const said = errorMessage === undefined ? [] : [JSON.stringify(oneLine(errorMessage, MAX_TEXT))]
  return [
    [`ping   ${kind} of run ${runId}`, ...said, cutText(facts.join(' '), MAX_TEXT)].join(' ').trimEnd(),
    ...(kind === 'success' ? rules.map((rule) => `${INDENT}${ruleFinding(rule, meta ?? {})}`) : []),
  ]
}

/** Why a rule fired on these numbers, or did not. */
function ruleFinding(rule: Rule, meta: Meta): string {
  const value = Object.hasOwn(meta, rule.field) ? meta[rule.field] : undefined
  const name = `rule ${ruleText(rule)}`
  if (value === undefined) return `${name} does not fire: ${rule.field} was not sent`
  return ruleFires(rule, meta) ? `${name} fires: it was ${value}` : `${name} does not fire: it was ${value}`
}

/** Runs that a ping opened or closed are told by the ping. */
function runLines({ status, runId, expectedAt, durationMs, isDurationAnomaly }: MockRun): readonly string[] {
  switch (status) {
    case 'missed':
      return [`run    ${runId} missed: expected ${expectedAt ?? ''}`]
    case 'hung':
    case 'overlapped':
      return [`run    ${runId} ${status}`]
    case 'success':
    case 'failed': {
      const took =
        durationMs === undefined ? 'no start came, so no duration' : `took ${durationText(durationMs)}`
      return [
        `run    ${runId} ${status}: ${took}${isDurationAnomaly === true ? ', far longer than usual' : ''}`,
      ]
    }
    case 'running':
      return []
  }
}

function alertText(
  { type, severity, message, suppressed }: MockAlert,
  definition: MonitorDefinition,
): string {
  const what = `${type} (${severity}): ${oneLine(message, MAX_TEXT)}`
  if (suppressed !== undefined) {
    const why =
      suppressed.reason === 'cooldown' ? `cooldown until ${suppressed.untilAt}` : 'its outage was not told'
    return `${what}; not sent: ${why}`
  }
  const isTold = definition.channels !== undefined && definition.channels.length > 0
  return isTold ? what : `${what}; nobody is told: the monitor names no channel`
}

function actText(act: JournalAct): string {
  const said =
    act.type === 'paused'
      ? [
          act.until === undefined ? '' : ` until ${act.until}`,
          act.reason === undefined ? '' : `: ${act.reason}`,
        ]
      : [act.type === 'acknowledged' && act.note !== undefined ? `: ${act.note}` : '']
  return `${act.type.padEnd(6)} by hand${oneLine(said.join(''), MAX_TEXT)}`
}

function requestText({ outcome, method, path, statusCode, message, fault, ping }: JournalRequest): string {
  const answer = statusCode === undefined ? 'no answer' : String(statusCode)
  if (outcome !== 'faulted') return `refused ${method} ${path}: ${answer}, ${message ?? ''}`
  const effect = ping === undefined ? 'it took no effect' : 'it took effect all the same'
  return `spoilt ${method} ${path}: ${fault?.type ?? ''}, ${answer}; ${effect}`
}
