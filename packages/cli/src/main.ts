import { createRequire } from 'node:module'
import { UsageError, type CommandSpec } from './command-line/command-spec.ts'
import { COMMANDS } from './command-line/commands.ts'
import { readArgs } from './command-line/read-args.ts'
import { EXIT } from './exit-codes.ts'
import type { Ending, World } from './world.ts'

/** Runs the command that the arguments name. Resolves to how the process ends. */
export async function main(world: World): Promise<Ending> {
  const [name, ...rest] = world.args
  const command = COMMANDS.find(({ spec }) => spec.name === name)
  if (command === undefined) return withoutCommand(name, rest, world)
  try {
    const args = readArgs(command.spec, rest)
    if (args.flags.has('help')) return await printHelp(command.spec, world)
    const run = await command.load()
    return await run(args, world)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return await printUsageError(error, command.spec, world)
  }
}

async function withoutCommand(
  name: string | undefined,
  rest: readonly string[],
  world: World,
): Promise<Ending> {
  const { print, printError } = world
  if (name === '--version' || name === '-V') {
    print(`${version()}\n`)
    return { code: EXIT.done }
  }
  const { commandHelp, programHelp, suggestion } = await import('./command-line/help.ts')
  const specs = COMMANDS.map(({ spec }) => spec)
  if (name === '--help' || name === '-h' || name === 'help') {
    if (rest[0] === '--man') print((await import('./command-line/man-page.ts')).manPage(specs, version()))
    else {
      const asked = specs.find((spec) => name === 'help' && spec.name === rest[0])
      print(asked === undefined ? programHelp(specs, world.columns) : commandHelp(asked, world.columns))
    }
    return { code: EXIT.done }
  }
  if (name === undefined) printError(programHelp(specs, world.columns))
  else {
    const names = specs.map((spec) => spec.name)
    printError(
      `crontify: "${name}" is not a command. ${suggestion(name, names)}Commands: ${names.join(', ')}\n`,
    )
  }
  return { code: EXIT.usage }
}

async function printHelp(spec: CommandSpec, { print, columns }: World): Promise<Ending> {
  const { commandHelp } = await import('./command-line/help.ts')
  print(commandHelp(spec, columns))
  return { code: EXIT.done }
}

async function printUsageError(
  { message }: UsageError,
  spec: CommandSpec,
  { printError }: World,
): Promise<Ending> {
  const { suggestion, usageLine } = await import('./command-line/help.ts')
  const [, option = ''] = /^--(\S+) is not an option/.exec(message) ?? []
  const meant = suggestion(
    option,
    spec.options.map(({ name }) => `--${name}`),
  )
  const hint = `${meant}${usageLine(spec)}\nHelp: crontify ${spec.name} --help`
  printError(`crontify ${spec.name}: ${message}\n${hint}\n`)
  return { code: EXIT.usage }
}

function version(): string {
  return (createRequire(import.meta.url)('../package.json') as { readonly version: string }).version
}
