import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { parseDuration } from '../parse-duration.ts'

/** What `exec` was asked for, besides its client. */
export interface ExecOptions {
  readonly monitorId: string
  readonly command: string
  readonly parameters: readonly string[]
  readonly meta: Readonly<Record<string, number>>
  readonly maxDurationMs: number | undefined
  /** Milliseconds from SIGTERM to SIGKILL; `undefined` where the job is not stopped. */
  readonly killAfterMs: number | undefined
  readonly mayOverlap: boolean
  readonly lockDirectory: string | undefined
  /** `undefined`: only what does not go to a terminal. */
  readonly capture: boolean | undefined
  readonly isStrict: boolean
}

/** @throws {UsageError} saying what is missing or wrong. */
export function readExecOptions(args: Args): ExecOptions {
  const [monitorId, ...surplus] = args.positionals
  if (args.command === undefined && surplus.length > 0) {
    throw new UsageError(
      `Put -- before the command, so that its options are its own: crontify exec ${monitorId} -- ${surplus.join(' ')}`,
    )
  }
  if (monitorId === undefined)
    throw new UsageError('The monitor is missing: crontify exec MONITOR -- COMMAND')
  if (surplus.length > 0)
    throw new UsageError(`"${surplus.join(' ')}" stands before -- and belongs to no option`)
  const [command, ...parameters] = args.command ?? []
  if (command === undefined || command === '') {
    throw new UsageError(`The command is missing: crontify exec ${monitorId} -- COMMAND`)
  }
  const maxDurationMs = spanOf(args, 'max-duration')
  const killAfterMs = spanOf(args, 'kill-after')
  if (killAfterMs !== undefined && maxDurationMs === undefined) {
    throw new UsageError('--kill-after says how long after SIGTERM comes SIGKILL; it needs --max-duration')
  }
  if (args.flags.has('capture') && args.flags.has('no-capture')) {
    throw new UsageError('--capture and --no-capture cannot both be meant')
  }
  return {
    monitorId,
    command,
    parameters,
    meta: metaOptions(args.values.get('meta') ?? []),
    maxDurationMs,
    killAfterMs,
    mayOverlap: !args.flags.has('no-overlap'),
    lockDirectory: valueOf(args, 'lock-directory'),
    capture: args.flags.has('capture') ? true : args.flags.has('no-capture') ? false : undefined,
    isStrict: args.flags.has('strict'),
  }
}

function spanOf(args: Args, name: string): number | undefined {
  const text = valueOf(args, name)
  if (text === undefined) return undefined
  const spanMs = parseDuration(text)
  if (spanMs !== undefined) return spanMs
  throw new UsageError(`--${name} is "${text}"; it takes a span up to 24 days, such as 90s, 45m or 1h30m`)
}

/** @throws {UsageError} for one that is not a name and a number. */
export function metaOptions(entries: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    entries.map((entry) => {
      const read = metaEntry(entry)
      if (read !== undefined) return read
      throw new UsageError(
        `--meta is "${entry}"; it takes a name and a number, such as records_processed=1523`,
      )
    }),
  )
}

/** The name and the number of `records_processed=1523`; `undefined` where it is something else. */
export function metaEntry(text: string): readonly [string, number] | undefined {
  const at = text.indexOf('=')
  const key = text.slice(0, Math.max(0, at)).trim()
  const digits = text.slice(at + 1).trim()
  const value = Number(digits)
  return key === '' || digits === '' || !Number.isFinite(value) ? undefined : [key, value]
}
