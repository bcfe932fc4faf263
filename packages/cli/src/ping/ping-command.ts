import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { clientSettings } from '../client/client-settings.ts'
import { openMonitor } from '../client/open-monitor.ts'
import { UsageError, valueOf, type Args } from '../command-line/command-spec.ts'
import { metaOptions } from '../exec/exec-options.ts'
import { EXIT } from '../exit-codes.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import type { Ending, World } from '../world.ts'

const KINDS = ['start', 'success', 'fail'] as const
const WAIT_MS = 10_000
/** More of a log than the service keeps, so that secrets are whole when they are redacted. */
const LOG_BYTES = 48 * 1024

/**
 * `crontify ping`: sends one ping. Exits with 1 if it did not arrive; a warning says why.
 *
 * @throws {UsageError} before anything was sent.
 */
export async function pingCommand(args: Args, world: World): Promise<Ending> {
  const [monitorId, kindText, ...surplus] = args.positionals
  const kind = KINDS.find((one) => one === kindText)
  if (monitorId === undefined || kind === undefined || surplus.length > 0) {
    const got = kindText === undefined || kind !== undefined ? '' : `, got "${kindText}"`
    throw new UsageError(`the arguments must be MONITOR and one of ${KINDS.join(', ')}${got}`)
  }
  const message = valueOf(args, 'message')
  const logFile = valueOf(args, 'log')
  const meta = metaOptions(args.values.get('meta') ?? [])
  if (kind !== 'fail' && (message !== undefined || logFile !== undefined)) {
    throw new UsageError('--message and --log belong to a fail ping')
  }
  if (kind === 'start' && Object.keys(meta).length > 0) {
    throw new UsageError('--meta belongs to a success or fail ping')
  }
  const log = logFile === undefined ? undefined : await readLog(logFile, world)
  const monitor = await openMonitor(clientSettings(monitorId, args, world.env), world.printError)
  if (kind === 'start') void monitor.start()
  else if (kind === 'success') void monitor.success({ meta })
  else
    void monitor.fail({ meta, ...(message !== undefined && { message }), ...(log !== undefined && { log }) })
  const sent = monitor.flush({ withinMs: WAIT_MS })
  const { delivered, skipped } = await showWaiting('waiting for the answer', sent, world)
  const isSwitchedOff =
    !monitor.enabled && skipped > 0 && /CRONTIFY_DISABLED/.test(monitor.disabledReason ?? '')
  return { code: delivered === 1 || isSwitchedOff ? EXIT.done : EXIT.failed }
}

/** The end of the file, where a log usually says why the job failed. */
async function readLog(file: string, world: World): Promise<string> {
  if (file === '-') return lastPart(Buffer.from(await world.readInput()))
  try {
    const opened = openSync(file, 'r')
    try {
      const { size } = fstatSync(opened)
      const room = Buffer.alloc(Math.min(size, LOG_BYTES))
      return room.toString('utf8', 0, readSync(opened, room, 0, room.length, size - room.length))
    } finally {
      closeSync(opened)
    }
  } catch (error) {
    throw new UsageError(
      `The log ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}

function lastPart(bytes: Buffer): string {
  return bytes.subarray(-LOG_BYTES).toString('utf8')
}
