/** One option of a command. */
export interface OptionSpec {
  readonly name: string
  /** Name of the value in the help; without one, the option takes none. */
  readonly value?: string
  readonly repeatable?: true
  readonly summary: string
}

/** One command: the source of its argument reader, help, completion and suggestions. */
export interface CommandSpec {
  readonly name: string
  /** What follows the name, such as `MONITOR [options] -- COMMAND [ARGUMENT …]`. */
  readonly synopsis: string
  /** One line. */
  readonly summary: string
  /** What a first-time user needs to know: paragraphs, wrapped when they are printed. */
  readonly about: string
  readonly options: readonly OptionSpec[]
  /** Everything behind `--` belongs to another program. */
  readonly takesCommand?: true
  /** Each with what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[]
}

/** The arguments of a command. */
export interface Args {
  readonly positionals: readonly string[]
  readonly flags: ReadonlySet<string>
  /** The values of an option, in order; the last one counts unless it is repeatable. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What follows `--`; `undefined` without `--`. */
  readonly command: readonly string[] | undefined
}

/** Wrong arguments; the message is for the person who typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The last value of an option. */
export function valueOf(args: Args, name: string): string | undefined {
  return args.values.get(name)?.at(-1)
}
