import { formatLine } from '../../host.ts'
import { currentRun } from '../current-run.ts'

/** The methods of a console that are listened to. */
const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

type Method = (typeof METHODS)[number]
type Write = (...values: unknown[]) => void

/** A console, or anything that has some of its methods. */
export type ConsoleLike = { [Name in Method]?: Write }

/**
 * From now on, what is written to the console inside a run is also a line of that run's log, each run its own. What is
 * written goes out as before.
 *
 * This replaces methods of the console, so it is something to ask for; lines that a library has taken the old methods for
 * are not seen. Formatting a line twice is its cost. Never throws.
 *
 * @param target  @default the global console
 * @returns a function that puts the methods back; one that somebody else has replaced meanwhile stays.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { captureConsole } from '@crontify/sdk/context'
 *
 * const release = captureConsole()
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
 * await monitor.wrap(async () => console.log('copying %d files', 120))
 * release()
 */
export function captureConsole(target: ConsoleLike = globalThis.console): () => void {
  const releases = METHODS.map((name) => captureMethod(target, name))
  return () => releases.forEach((release) => release())
}

function captureMethod(target: ConsoleLike, name: Method): () => void {
  const original = target[name]
  if (typeof original !== 'function') return () => {}
  let isCapturing = true
  const capturing: Write = function (this: unknown, ...values) {
    original.apply(this, values)
    // Whoever asked before keeps the line.
    if (isCapturing && !isKept(original)) keepLine(values)
  }
  keeping.set(capturing, () => isCapturing || isKept(original))
  target[name] = capturing
  return () => {
    isCapturing = false
    if (target[name] === capturing) target[name] = original
  }
}

/** Methods of ours that may stand in a console, with whether one of them still keeps its lines. */
const keeping = new WeakMap<Write, () => boolean>()

function isKept(write: Write): boolean {
  return keeping.get(write)?.() ?? false
}

function keepLine(values: readonly unknown[]): void {
  const run = currentRun()
  if (run === undefined) return
  try {
    run.log(formatLine(...values))
  } catch {
    // A value that cannot be formatted was the console's problem first.
  }
}
