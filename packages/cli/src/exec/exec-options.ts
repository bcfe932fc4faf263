import { DURATION_ACCEPTED, parseDuration } from '@crontify/protocol'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'

/** The options of `exec`, besides those of its client. */
export interface ExecOptions {
  readonly monitorId: string
  readonly command: string
  readonly commandArgs: readonly string[]
  readonly meta: Readonly<Record<string, number>>
  readonly maxDurationMs: number | undefined
  /** As it was given, for messages. */
  readonly maxDurationText: string | undefined
  /** Milliseconds from SIGTERM to SIGKILL; `undefined` if the job is not stopped. */
  readonly killAfterMs: number | undefined
  readonly mayOverlap: boolean
  readonly lockDirectory: string | undefined
  /** `undefined` captures what does not go to a terminal. */
  readonly capture: boolean | undefined
  readonly isStrict: boolean
}

/** Reads the options. @throws {UsageError} naming what is missing or wrong. */
export function readExecOptions(args: Args): ExecOptions {
  const [monitorId, ...surplus] = args.positionals
  if (args.command === undefined && surplus.length > 0) {
    throw new UsageError(
      `-- must stand before the command: crontify exec ${monitorId} -- ${surplus.join(' ')}`,
    )
  }
  if (monitorId === undefined) throw new UsageError('MONITOR is missing: crontify exec MONITOR -- COMMAND')
  if (surplus.length > 0) throw new UsageError(`unexpected argument before --: ${surplus.join(' ')}`)
  const [command, ...commandArgs] = args.command ?? []
  if (command === undefined || command === '') {
    throw new UsageError(`COMMAND is missing: crontify exec ${monitorId} -- COMMAND`)
  }
  const maxDurationMs = durationOf(args, 'max-duration')
  const killAfterMs = durationOf(args, 'kill-after')
  if (killAfterMs !== undefined && maxDurationMs === undefined) {
    throw new UsageError('--kill-after needs --max-duration')
  }
  if (args.flags.has('capture') && args.flags.has('no-capture')) {
    throw new UsageError('--capture and --no-capture exclude each other')
  }
  return {
    monitorId,
    command,
    commandArgs,
    meta: metaOptions(args.values.get('meta') ?? []),
    maxDurationMs,
    maxDurationText: valueOf(args, 'max-duration'),
    killAfterMs,
    mayOverlap: !args.flags.has('no-overlap'),
    lockDirectory: valueOf(args, 'lock-directory'),
    capture: args.flags.has('capture') ? true : args.flags.has('no-capture') ? false : undefined,
    isStrict: args.flags.has('strict'),
  }
}

/** Node's timers take no more: 24 days. */
const LONGEST_MS = 2 ** 31 - 1

function durationOf(args: Args, name: string): number | undefined {
  const text = valueOf(args, name)
  if (text === undefined) return undefined
  const durationMs = parseDuration(text)
  if (durationMs !== undefined && durationMs >= 1 && durationMs <= LONGEST_MS) return durationMs
  throw new UsageError(`--${name} must be ${DURATION_ACCEPTED}, at most 24d, got "${text}"`)
}

/** The metadata of `--meta` options. @throws {UsageError} for one that is not a name and a number. */
export function metaOptions(entries: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    entries.map((entry) => {
      const read = metaEntry(entry)
      if (read !== undefined) return read
      throw new UsageError(
        `--meta must be a name and a number, such as records_processed=1523, got "${entry}"`,
      )
    }),
  )
}

/** The name and the number of `records_processed=1523`; `undefined` for anything else. */
export function metaEntry(text: string): readonly [string, number] | undefined {
  const at = text.indexOf('=')
  const key = text.slice(0, Math.max(0, at)).trim()
  const digits = text.slice(at + 1).trim()
  const value = Number(digits)
  return key === '' || digits === '' || !Number.isFinite(value) ? undefined : [key, value]
}
