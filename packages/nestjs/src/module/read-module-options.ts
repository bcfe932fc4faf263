import { Logger } from '@nestjs/common'
import { printableValue } from '@crontify/protocol'
import { idOf } from '../jobs/monitor-ref.ts'
import type { CrontifyModuleOptions } from './module-options.ts'

/** Where warnings go. */
export type ModuleLogger = NonNullable<CrontifyModuleOptions['logger']>

/** The options of a registration, without those that cannot be used: each of these is a warning. Never throws. */
export function readModuleOptions(given: unknown): CrontifyModuleOptions {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const options: CrontifyModuleOptions = isObject ? given : {}
  const logger = loggerOf(options)
  if (!isObject && given !== undefined) {
    say(
      logger,
      `The options of CrontifyModule must be an object, got ${printableValue(given)}. They are ignored.`,
    )
  }
  const { closeWithinMs, noticeUnmonitored, monitors } = options as Readonly<Record<string, unknown>>
  const reject = (name: keyof CrontifyModuleOptions, wanted: string, value: unknown): object => {
    say(
      logger,
      `${name} of CrontifyModule must be ${wanted}, got ${printableValue(value)}. The default is used.`,
    )
    return { [name]: undefined }
  }
  return {
    ...options,
    ...(closeWithinMs !== undefined && !(typeof closeWithinMs === 'number' && closeWithinMs >= 0)
      ? reject('closeWithinMs', 'a number of milliseconds, 0 or more', closeWithinMs)
      : {}),
    ...(noticeUnmonitored !== undefined && typeof noticeUnmonitored !== 'boolean'
      ? reject('noticeUnmonitored', 'true or false', noticeUnmonitored)
      : {}),
    monitors: readMonitors(monitors, logger),
  }
}

function readMonitors(given: unknown, logger: ModuleLogger): CrontifyModuleOptions['monitors'] {
  if (given === undefined) return undefined
  if (!Array.isArray(given)) {
    say(
      logger,
      `monitors of CrontifyModule must be a list of definitions, got ${printableValue(given)}. It is ignored.`,
    )
    return undefined
  }
  const entries: readonly unknown[] = given
  for (const [index, entry] of entries.entries()) {
    if (idOf(entry) !== undefined) continue
    say(
      logger,
      `monitors of CrontifyModule must be a list of definitions, got ${printableValue(entry)} as entry ${index + 1}. This entry is ignored.`,
    )
  }
  return entries.filter((entry) => idOf(entry) !== undefined) as NonNullable<
    CrontifyModuleOptions['monitors']
  >
}

export function loggerOf(options: CrontifyModuleOptions): ModuleLogger {
  if (options.logger !== undefined) return options.logger
  const nest = new Logger('Crontify')
  // The name is in the context already.
  return { warn: (message) => nest.warn(message.replace(/^\[crontify\] /, '')) }
}

/** Says one thing to the user. Never throws. */
export function say(logger: ModuleLogger, message: string): void {
  try {
    if (logger !== false) logger.warn(`[crontify] ${message}`)
  } catch {
    // A logger that breaks must not break the application.
  }
}
