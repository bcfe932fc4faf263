import { nodeModule } from '../../node-module.ts'
import { currentRun } from '../current-run.ts'

/** Which lines of winston become lines of a run. */
export interface RunLogTransportOptions {
  /**
   * Lines that matter less are left out: a level of the logger.
   *
   * @default the logger's own level
   */
  readonly level?: string | undefined
}

/** What winston hands over. */
interface Info {
  readonly message?: unknown
  readonly level?: unknown
  readonly [symbol: symbol]: unknown
}

/** What is used of winston's logger. A smaller number matters more. */
interface Logger {
  readonly levels?: Readonly<Record<string, number>>
  readonly level?: string
}

const LEVEL = Symbol.for('level')
const MESSAGE = Symbol.for('message')

/** Makes the transport: a stream of Node's, whose types come with packages that not everybody has. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type RunLogTransportClass = new (options?: RunLogTransportOptions) => any

/**
 * A transport for winston: a line that is written inside a run is a line of that run's log, in the logger's format; one outside of any
 * is left out.
 *
 * A line counts for the run in which winston hands it on. Another transport of the same logger that stalls makes winston hold lines back.
 * Never throws.
 *
 * @example
 * import { RunLogTransport } from '@crontify/sdk/context'
 * import winston from 'winston'
 *
 * const logger = winston.createLogger({ transports: [new RunLogTransport({ level: 'info' })] })
 * logger.info('ready')
 */
// A class to whoever uses it, as transports of winston are; the stream's own class is loaded when the first one is made.
export const RunLogTransport: RunLogTransportClass = function RunLogTransport({
  level,
}: RunLogTransportOptions = {}): unknown {
  const { Writable } = nodeModule('node:stream')
  let logger: Logger | undefined
  // Under this name, because winston takes a stream without it for a transport of long ago.
  const log = (info: Info, done: () => void): void => {
    if (isWanted(info, level ?? logger?.level, logger?.levels)) currentRun()?.log(textOf(info))
    done()
  }
  const transport = new Writable({
    objectMode: true,
    write: (info: Info, _encoding, done) => log(info, done),
  })
  transport.once('pipe', (source: unknown) => (logger = source as Logger))
  return Object.assign(transport, { log })
} as unknown as RunLogTransportClass

function isWanted(info: Info, least: string | undefined, levels: Logger['levels']): boolean {
  const [wanted, given] = [levels?.[least ?? ''], levels?.[String(info[LEVEL])]]
  return wanted === undefined || given === undefined || given <= wanted
}

function textOf(info: Info): string {
  const formatted = info[MESSAGE]
  return typeof formatted === 'string' ? formatted : `${String(info.level)}: ${String(info.message)}`
}
