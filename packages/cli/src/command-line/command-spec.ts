/** One option of a command: what it is read by, and what its help says. */
export interface OptionSpec {
  readonly name: string
  /** What the value is called in the help; left out, the option takes none. */
  readonly value?: string
  readonly repeatable?: true
  readonly summary: string
}

/** One command, as its args are read and as its help, its completion and its suggestions tell of it. */
export interface CommandSpec {
  readonly name: string
  /** What follows the name, such as `MONITOR [options] -- COMMAND [ARGUMENT …]`. */
  readonly synopsis: string
  /** One line. */
  readonly summary: string
  /** What somebody wants to know who uses it for the first time; lines of at most 100 characters. */
  readonly about: string
  readonly options: readonly OptionSpec[]
  /** Whether everything behind `--` is left as it is. */
  readonly takesCommand?: true
  /** Each with what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[]
}

/** What was said on the command line. */
export interface Args {
  readonly positionals: readonly string[]
  readonly flags: ReadonlySet<string>
  /** The values of an option, in their order; the last one counts where it is not repeatable. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** What stands behind `--`; `undefined` where there is no `--`. */
  readonly command: readonly string[] | undefined
}

/** A command line that cannot be understood: what it says is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The last value that an option was given. */
export function valueOf(args: Args, name: string): string | undefined {
  return args.values.get(name)?.at(-1)
}
