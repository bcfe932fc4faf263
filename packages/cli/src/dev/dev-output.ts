import type { MockEvent, MockServer } from '@crontify/mock-server'
import { painter } from '../terminal/colors.ts'
import type { World } from '../world.ts'
import { eventLine } from './event-line.ts'
import { greeting, inputHelp, type DevSurroundings } from './greeting.ts'

/** What `crontify dev` prints: lines for people, or one JSON object a line. */
export interface DevOutput {
  greet(server: MockServer): void
  event(event: MockEvent): void
  /** Something that is not an event of the server. */
  note(type: string, text: string, facts?: Readonly<Record<string, unknown>>): void
  help(): void
}

export function createDevOutput(isJson: boolean, surroundings: DevSurroundings, world: World): DevOutput {
  const { print } = world
  const json = (value: object): void => print(`${JSON.stringify(value)}\n`)
  if (isJson) {
    return {
      greet: (server) =>
        json({
          type: 'listening',
          url: server.url,
          dashboardUrl: server.dashboardUrl,
          apiKey: server.apiKey,
          now: server.now(),
          monitors: server.monitors().map(({ id }) => id),
        }),
      event: json,
      note: (type, text, facts) => json({ type, text, ...facts }),
      help: () => json({ type: 'help', text: inputHelp(surroundings) }),
    }
  }
  const paint = painter(world)
  return {
    greet: (server) => print(greeting(server, surroundings, paint)),
    event: (event) => {
      const line = eventLine(event, paint)
      if (line !== undefined) print(line)
    },
    note: (type, text) => print(`${type === 'gap' ? paint('yellow', 'note: ') : ''}${text}\n`),
    help: () => print(`${inputHelp(surroundings)}\n`),
  }
}
