import type { MockServer } from '@crontify/mock-server'
import type { Paint } from '../terminal/colors.ts'

/** What is said at the start: where it listens, and what to paste. */
export function greeting(server: MockServer, isVirtual: boolean, hasKeys: boolean, paint: Paint): string {
  const ids = server.monitors().map(({ id }) => id)
  return [
    `A local Crontify listens at ${paint('bold', server.url)}`,
    `Dashboard: ${paint('bold', server.dashboardUrl ?? server.url)}`,
    `Monitors: ${ids.length === 0 ? 'none' : ids.join(', ')}`,
    ...(isVirtual ? [`The clock stands at ${server.now()}`] : []),
    '',
    `  export CRONTIFY_API_KEY=${server.apiKey}`,
    `  export CRONTIFY_BASE_URL=${server.url}`,
    `  crontify exec ${ids[0] ?? 'MONITOR'} -- echo it works`,
    '',
    keysLine(isVirtual, hasKeys),
    '',
  ].join('\n')
}

function keysLine(isVirtual: boolean, hasKeys: boolean): string {
  if (!isVirtual) return 'Ctrl-C ends it.'
  return hasKeys
    ? 'Keys: m a minute, h an hour, d a day; q or Ctrl-C ends it.'
    : 'Lines such as 26h on standard input move the clock; quit ends it.'
}
