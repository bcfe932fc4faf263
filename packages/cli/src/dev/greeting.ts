import type { MockServer } from '@crontify/mock-server'
import type { Paint } from '../terminal/colors.ts'

/** How the server is used. */
export interface DevSurroundings {
  readonly isVirtual: boolean
  /** Keys at a terminal, lines from a pipe, or nothing. */
  readonly input: 'keys' | 'lines' | 'none'
  /** How a person calls this program. */
  readonly program: string
}

/** The first lines: where the server listens, and what to paste. */
export function greeting(server: MockServer, surroundings: DevSurroundings, paint: Paint): string {
  const ids = server.monitors().map(({ id }) => id)
  return [
    `Local Crontify: ${paint('bold', server.url)}`,
    `Dashboard: ${paint('bold', server.dashboardUrl ?? server.url)}`,
    `Monitors: ${ids.length === 0 ? 'none' : ids.join(', ')}`,
    ...(surroundings.isVirtual ? [`Clock: ${server.now()}, moves on request`] : []),
    '',
    `  export CRONTIFY_API_KEY=${server.apiKey}`,
    `  export CRONTIFY_BASE_URL=${server.url}`,
    `  ${surroundings.program} exec ${ids[0] ?? 'MONITOR'} -- echo it works`,
    '',
    inputHelp(surroundings),
    '',
  ].join('\n')
}

/** What keys or lines do. */
export function inputHelp({ isVirtual, input }: DevSurroundings): string {
  switch (input) {
    case 'keys':
      return `Keys: ${isVirtual ? 'm, h and d advance a minute, an hour and a day; ' : ''}o opens the dashboard, ? shows help, q or Ctrl-C ends it.`
    case 'lines':
      return `Lines on standard input: ${isVirtual ? 'a duration such as 26h advances the clock; ' : ''}quit, or the end of the input, ends it.`
    case 'none':
      return 'Ctrl-C ends it.'
  }
}
