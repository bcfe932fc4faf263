import { createMockServer } from '../create-mock-server.ts'
import type { MockServer } from '../mock-server.ts'
import type { MockServerOptions } from '../mock-server-options.ts'
import { commandOptions } from './command-options.ts'
import { USAGE } from './usage.ts'

/** The world of a command. */
export interface CommandWorld {
  readonly words: readonly string[]
  /** @throws as a rejection, where the file cannot be read. */
  readonly readFile: (path: string) => Promise<string>
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
  /** Resolves when the command is asked to stop. */
  readonly stopped: Promise<void>
}

const USAGE_ERROR = 2
const FAILED = 1

/** Serves until it is stopped; resolves to the exit code: 0, 1 where it could not serve, 2 where it was called wrongly. */
export async function runCommand(world: CommandWorld): Promise<number> {
  const asked = commandOptions(world.words)
  if (asked.type === 'help') {
    world.print(USAGE)
    return 0
  }
  if (asked.type === 'wrong') return complain(world, `${asked.message}\n\n${USAGE}`, USAGE_ERROR)
  let server: MockServer
  try {
    const definitions =
      asked.monitorsFile === undefined ? {} : await readDefinitions(world, asked.monitorsFile)
    server = await createMockServer({ ...asked.options, ...definitions })
  } catch (error) {
    const code = error instanceof RangeError ? USAGE_ERROR : FAILED
    return complain(world, `${(error as Error).message}\n`, code)
  }
  world.print(greeting(server))
  await world.stopped
  await server.close()
  return 0
}

function complain({ printError }: CommandWorld, text: string, code: number): number {
  printError(text)
  return code
}

async function readDefinitions(
  { readFile }: CommandWorld,
  path: string,
): Promise<Pick<MockServerOptions, 'monitors' | 'channels'>> {
  const text = await readFile(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RangeError(`${path} is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (Array.isArray(value)) return { monitors: value as NonNullable<MockServerOptions['monitors']> }
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : ['']
  if (names.every((name) => name === 'monitors' || name === 'channels')) {
    return value as Pick<MockServerOptions, 'monitors' | 'channels'>
  }
  throw new RangeError(`${path} is neither a list of monitors nor { "monitors": [...], "channels": [...] }`)
}

// The key and the token are those of this server, and to tell them is what this text is for.
function greeting(server: MockServer): string {
  const ids = server.monitors().map(({ id }) => id)
  return [
    `A local Crontify listens at ${server.url}`,
    `  dashboard      ${server.dashboardUrl}`,
    `  API key        ${server.apiKey}`,
    `  control token  ${server.controlToken}`,
    `  monitors       ${ids.length === 0 ? 'none: give --monitors FILE, or PUT them to /__control/monitors/ID' : ids.join(', ')}`,
    '',
    `  curl -X POST -H "X-API-Key: ${server.apiKey}" ${server.url}/api/v1/ping/${ids[0] ?? 'MONITOR'}/success`,
    '',
    'Ctrl+C stops it.',
    '',
  ].join('\n')
}
