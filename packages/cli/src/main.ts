import { createRequire } from 'node:module'
import { UsageError, type CommandSpec } from './command-line/command-spec.ts'
import { COMMANDS } from './command-line/commands.ts'
import { readArgs } from './command-line/read-args.ts'
import { EXIT } from './exit-codes.ts'
import type { Ending, World } from './world.ts'

/** The program: finds the command and runs it. Resolves to how the process is to end. */
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
    return await sayWrong(error, command.spec, world)
  }
}

async function withoutCommand(
  name: string | undefined,
  rest: readonly string[],
  { print, printError }: World,
): Promise<Ending> {
  if (name === '--version' || name === '-V') {
    print(`${version()}\n`)
    return { code: EXIT.done }
  }
  const { commandHelp, programHelp, suggestion } = await import('./command-line/help.ts')
  const specs = COMMANDS.map(({ spec }) => spec)
  const asked = specs.find((spec) => name === 'help' && spec.name === rest[0])
  if (name === '--help' || name === '-h' || name === 'help') {
    print(asked === undefined ? programHelp(specs) : commandHelp(asked))
    return { code: EXIT.done }
  }
  const names = specs.map((spec) => spec.name)
  printError(
    name === undefined
      ? programHelp(specs)
      : `crontify: "${name}" is not a command. ${suggestion(name, names)}There are ${names.join(', ')}\n`,
  )
  return { code: EXIT.usage }
}

async function printHelp(spec: CommandSpec, { print }: World): Promise<Ending> {
  const { commandHelp } = await import('./command-line/help.ts')
  print(commandHelp(spec))
  return { code: EXIT.done }
}

async function sayWrong({ message }: UsageError, spec: CommandSpec, { printError }: World): Promise<Ending> {
  const { suggestion } = await import('./command-line/help.ts')
  const [, option = ''] = /^--(\S+) is not an option/.exec(message) ?? []
  const meant = suggestion(
    option,
    spec.options.map(({ name }) => `--${name}`),
  )
  printError(`crontify ${spec.name}: ${message}\n${meant}crontify ${spec.name} --help says what there is\n`)
  return { code: EXIT.usage }
}

function version(): string {
  return (createRequire(import.meta.url)('../package.json') as { readonly version: string }).version
}
