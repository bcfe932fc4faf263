import { createMockServer, type MockServer, type MockServerOptions } from '@crontify/mock-server'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { ConfigError, type Config } from '../config/config.ts'
import { findConfig, loadConfig } from '../config/load-config.ts'
import { EXIT } from '../exit-codes.ts'
import { pastedProgram } from '../own-program.ts'
import type { Ending, World } from '../world.ts'
import { readDevInput, type DevRequest } from './dev-input.ts'
import { createDevOutput, type DevOutput } from './dev-output.ts'
import type { DevSurroundings } from './greeting.ts'
import { openInBrowser } from './open-in-browser.ts'
import { createGapWatch } from './watch-gaps.ts'
import { watchForChange } from './watch-file.ts'

const DEFAULT_PORT = 4_747
const DEFAULT_KEY = 'ck_live_local'

/**
 * `crontify dev`: serves until it is stopped.
 *
 * @throws {UsageError} if there is no configuration, or an option is wrong.
 */
export async function devCommand(args: Args, world: World): Promise<Ending> {
  if (args.positionals.length > 0) throw new UsageError(`unexpected argument: ${args.positionals.join(' ')}`)
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
  const input = inputOf(world)
  const surroundings: DevSurroundings = {
    isVirtual: valueOf(args, 'clock') === 'virtual',
    input,
    program: pastedProgram(world.program, process.cwd(), world.env['PATH']),
  }
  const output = createDevOutput(args.flags.has('json'), surroundings, world)
  reloadNow = () => void reload(server, path, output, world)
  if (hasChanged) reloadNow()
  const gaps = createGapWatch(server)
  const unsubscribe = server.subscribe((event) => {
    output.event(event)
    for (const gap of gaps.see(event)) output.note('gap', gap)
  })
  output.greet(server)
  const quit = new Promise<void>((resolve) => {
    const requests = createInputQueue(server, output, world, resolve)
    const stopInput = input === 'none' ? undefined : readDevInput(input === 'keys', requests)
    void stopped.then(() => stopInput?.())
  })
  await Promise.race([stopped, quit])
  stopWatching()
  unsubscribe()
  const neverPinged = gaps.neverPinged()
  if (neverPinged.length > 0) {
    output.note('gap', `never pinged: ${neverPinged.join(', ')}`, { neverPinged })
  }
  await server.close()
  return { code: EXIT.done }
}

/** Keys at a terminal, lines from a pipe or file; a service that starts it gives it neither. */
function inputOf({ isTerminal, isPiped }: World): DevSurroundings['input'] {
  return isTerminal.stdin ? 'keys' : isPiped ? 'lines' : 'none'
}

async function openServer(args: Args, path: string, { printError }: World): Promise<MockServer | undefined> {
  const port = valueOf(args, 'port')
  try {
    const config = await loadConfig(path)
    return await createMockServer({ ...config, ...serverOptions(args), keepProcessAlive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      printError(
        `Port ${port ?? DEFAULT_PORT} is taken, perhaps by another crontify dev. Use --port 0 for a free one\n`,
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

/** Uses a changed configuration; a broken one changes nothing. */
async function reload(
  server: MockServer,
  path: string,
  output: DevOutput,
  { printError }: World,
): Promise<void> {
  let config: Config
  try {
    config = await loadConfig(path)
    server.replaceAll(config)
  } catch (error) {
    printError(`${(error as Error).message}\nThe previous configuration is still in use\n`)
    return
  }
  const monitors = config.monitors.map(({ id }) => id)
  output.note('reloaded', `Read ${path} again: ${monitors.join(', ')}`, { monitors })
}

/** Requests run one after the other, also if lines come faster than days pass. */
function createInputQueue(
  server: MockServer,
  output: DevOutput,
  { printError }: World,
  quit: () => void,
): (request: DevRequest) => void {
  let last: Promise<unknown> = Promise.resolve()
  const handle = async (request: DevRequest): Promise<void> => {
    switch (request.type) {
      case 'quit':
        return quit()
      case 'help':
        return output.help()
      case 'open': {
        const page = server.dashboardUrl ?? server.url
        if (!(await openInBrowser(page))) output.note('note', `No browser found. The dashboard is at ${page}`)
        return
      }
      case 'advance':
        try {
          await server.advance(request.span)
          output.note('clock', `Clock: ${server.now()}`, { now: server.now() })
        } catch (error) {
          printError(`${(error as Error).message}\n`)
        }
    }
  }
  return (request) => {
    last = last.then(() => handle(request))
  }
}
