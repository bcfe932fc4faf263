import type { MockAlert, MockEvent, MockPing } from '@crontify/mock-server'

const MARKS: Readonly<Record<string, string>> = { critical: '!!', warning: '! ', info: 'ok' }

/** What the demo prints of an event: pings and alerts; runs are told by their pings. */
export function eventLines(event: MockEvent): readonly string[] {
  switch (event.type) {
    case 'ping':
      return [pingLine(event.ping)]
    case 'alert':
      return alertLines(event.alert)
    default:
      return []
  }
}

function pingLine(ping: MockPing): string {
  const facts = Object.entries(ping.meta ?? {})
    // Real milliseconds, in a day that takes a second.
    .filter(([name]) => name !== 'duration_ms')
    .map(([name, value]) => `${name}=${value}`)
  const said = ping.errorMessage === undefined ? facts : [...facts, `"${ping.errorMessage}"`]
  return `${timeOfDay(ping.at)}     ${ping.monitorId.padEnd(13)} ${ping.kind.padEnd(8)} ${said.join(' ')}`.trimEnd()
}

function alertLines(alert: MockAlert): readonly string[] {
  const headline = `${timeOfDay(alert.at)}  ${MARKS[alert.severity] ?? '  '} ALERT ${alert.type} (${alert.severity}): ${alert.message}`
  const snippet = alert.details['logSnippet']
  const log = typeof snippet === 'string' ? snippet.split('\n').slice(0, 3) : []
  return [headline, ...log.map((line) => `             | ${line.trimEnd()}`)]
}

function timeOfDay(instant: string): string {
  return instant.slice(5, 16).replace('T', ' ')
}
