import { currentRun } from '../current-run.ts'

/** pino's levels by their names. */
const LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const

/** pino sets the level of each line as `lastLevel` on a stream with this property, whatever field of the line holds it. */
const PINO_METADATA = Symbol.for('pino.metadata')

/** Which lines of a logger become lines of a run. */
export interface RunLogOptions {
  /**
   * Lines below this level are left out: a name of pino's, or its number.
   *
   * @default every line
   */
  readonly level?: keyof typeof LEVELS | number | undefined
}

/**
 * A destination for pino: a line that is written inside a run is a line of that run's log; one outside of any is left out.
 *
 * pino has to write at once, in the same call. A transport in a worker thread writes outside of the run. Never throws.
 *
 * @example
 * import { runLogStream } from '@crontify/sdk/context'
 * import pino from 'pino'
 *
 * const logger = pino({}, pino.multistream([{ stream: process.stdout }, { stream: runLogStream({ level: 'info' }) }]))
 * logger.info('ready')
 */
export function runLogStream({ level }: RunLogOptions = {}): { write(text: string): void; end(): void } {
  const least = (typeof level === 'string' ? LEVELS[level] : level) ?? 0
  const stream = {
    [PINO_METADATA]: true,
    lastLevel: undefined as number | undefined,
    write: (text: string) => {
      if (typeof text !== 'string' || (stream.lastLevel ?? Infinity) < least) return
      currentRun()?.log(text.endsWith('\n') ? text.slice(0, -1) : text)
    },
    // Called by `multistream.end()`.
    end: () => {},
  }
  return stream
}
