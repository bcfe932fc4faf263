import { parseArgs } from 'node:util'
import { UsageError, type CommandSpec, type Args } from './command-spec.ts'

/**
 * Reads the arguments behind a command's name.
 *
 * @throws {UsageError} for an unknown option, or one without its value.
 */
export function readArgs(spec: CommandSpec, given: readonly string[]): Args {
  const end = spec.takesCommand === true ? given.indexOf('--') : -1
  const own = end === -1 ? given : given.slice(0, end)
  const known = [...spec.options, { name: 'help', summary: '' }]
  const { tokens } = parseArgs({
    args: [...own],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(
        known.map(({ name, ...rest }) => [name, { type: 'value' in rest ? 'string' : 'boolean' } as const]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  })
  const positionals: string[] = []
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = known.find(({ name }) => name === token.name)
    if (option === undefined) throw unknownOption(token.rawName)
    if (!('value' in option)) {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`)
      flags.add(option.name)
    } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${option.value}`)
    } else {
      values.set(option.name, [...(values.get(option.name) ?? []), token.value])
    }
  }
  return { positionals, flags, values, command: end === -1 ? undefined : given.slice(end + 1) }
}

/** Names only the option: its value may be a secret. */
function unknownOption(rawName: string): UsageError {
  if (/^--(api-?)?key$/i.test(rawName)) {
    return new UsageError(
      `${rawName} is not accepted: other users of this machine can read a command line. ` +
        'Set CRONTIFY_API_KEY, or pass --api-key-file FILE',
    )
  }
  return new UsageError(`${rawName} is not an option of this command`)
}
