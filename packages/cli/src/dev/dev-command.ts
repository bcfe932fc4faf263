import { createMockServer, type MockServer, type MockServerOptions } from '@crontify/mock-server'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { ConfigError, type Config } from '../config/config.ts'
import { findConfig, loadConfig } from '../config/load-config.ts'
import { EXIT } from '../exit-codes.ts'
import { painter } from '../terminal/colors.ts'
import type { Ending, World } from '../world.ts'
import { readDevInput, type DevRequest } from './dev-input.ts'
import { eventLine } from './event-line.ts'
import { greeting } from './greeting.ts'
import { watchForChange } from './watch-file.ts'

const DEFAULT_PORT = 4_747
const DEFAULT_KEY = 'ck_live_local'

/**
 * `crontify dev`: serves until it is stopped.
 *
 * @throws {UsageError} where there is no configuration, or an option is wrong.
 */
export async function devCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0)
    throw new UsageError(`"${args.positionals.join(' ')}" belongs to no option`)
  const stopped = world.stopped()
  const path = findConfig(valueOf(args, 'config'))
  let hasChanged = false
  let reloadNow = (): void => {
    hasChanged = true
  }
  // From before it is read: a change meanwhile is a change.
  const stopWatching = watchForChange(path, () => reloadNow())
  const server = await openServer(args, path, world)
  if (server === undefined) {
    stopWatching()
    return { code: EXIT.failed }
  }
  reloadNow = () => void reload(server, path, world)
  if (hasChanged) reloadNow()
  const paint = painter(world)
  const unsubscribe = server.subscribe((event) => {
    const line = eventLine(event, paint)
    if (line !== undefined) world.print(line)
  })
  const isVirtual = valueOf(args, 'clock') === 'virtual'
  world.print(greeting(server, isVirtual, world.isTerminal.stdin, paint))
  const quit = new Promise<void>((resolve) => {
    const input = createInputQueue(server, world, resolve)
    const stopInput =
      isVirtual || world.isTerminal.stdin ? readDevInput(world.isTerminal.stdin, input) : undefined
    void stopped.then(() => stopInput?.())
  })
  await Promise.race([stopped, quit])
  stopWatching()
  unsubscribe()
  await server.close()
  return { code: EXIT.done }
}

async function openServer(args: Args, path: string, { printError }: World): Promise<MockServer | undefined> {
  const port = valueOf(args, 'port')
  try {
    const config = await loadConfig(path)
    return await createMockServer({ ...config, ...serverOptions(args) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      printError(
        `Port ${port ?? DEFAULT_PORT} is taken, perhaps by another crontify dev. --port 0 takes a free one\n`,
      )
      return undefined
    }
    if (error instanceof ConfigError) {
      printError(`${error.message}\n`)
      return undefined
    }
    if (error instanceof RangeError) throw new UsageError(`${path}: ${error.message}`)
    printError(`${(error as Error).message}\n`)
    return undefined
  }
}

function serverOptions(args: Args): MockServerOptions {
  const port = valueOf(args, 'port') ?? String(DEFAULT_PORT)
  const given = {
    // `Number('')` is 0, and 0 is a port.
    port: port.trim() === '' ? NaN : Number(port),
    clock: valueOf(args, 'clock'),
    startAt: valueOf(args, 'start-at'),
    dataFile: valueOf(args, 'data-file'),
    apiKeys: [valueOf(args, 'api-key') ?? DEFAULT_KEY],
    deliver: args.flags.has('deliver'),
  }
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as MockServerOptions
}

/** Takes the changed configuration over; a broken one leaves everything as it is. */
async function reload(server: MockServer, path: string, { print, printError }: World): Promise<void> {
  let config: Config
  try {
    config = await loadConfig(path)
    server.replaceAll(config)
  } catch (error) {
    printError(`${(error as Error).message}\nThe configuration stays as it was\n`)
    return
  }
  print(`Read ${path} again: ${config.monitors.map(({ id }) => id).join(', ')}\n`)
}

/** What is asked for is done one after the other, also where lines come faster than days pass. */
function createInputQueue(
  server: MockServer,
  { print, printError }: World,
  quit: () => void,
): (request: DevRequest) => void {
  let last: Promise<unknown> = Promise.resolve()
  const handle = async (request: DevRequest): Promise<void> => {
    if (request.type === 'quit') return quit()
    try {
      await server.advance(request.span)
      print(`It is now ${server.now()}\n`)
    } catch (error) {
      printError(`${(error as Error).message}\n`)
    }
  }
  return (request) => {
    last = last.then(() => handle(request))
  }
}
