import { currentRun } from '../current-run.ts'

/**
 * A destination for a logger: what is written to it becomes lines of the run that writes it, and is lost outside of any.
 *
 * The logger has to write at once, in the same call: one that hands its lines to a thread or a queue writes them outside of
 * the run. Never throws.
 *
 * @example
 * import { runLogWriter } from '@crontify/sdk/context'
 * import pino from 'pino'
 *
 * const logger = pino({}, pino.multistream([{ stream: process.stdout }, { stream: runLogWriter() }]))
 * logger.info('ready')
 */
export function runLogWriter(): { write(text: string): void } {
  return {
    write: (text) => {
      if (typeof text === 'string') currentRun()?.log(text.replace(/\n$/, ''))
    },
  }
}
