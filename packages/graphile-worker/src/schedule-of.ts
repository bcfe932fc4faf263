/** What is read of a cron item of Graphile Worker. */
export interface CronItemLike {
  /** The name of the task. */
  readonly task: string
  /** The cron expression. */
  readonly match: unknown
}

/** The fields of a monitor's definition that a cron item determines. */
export interface CrontabSchedule {
  readonly schedule: string
  readonly timezone: 'UTC'
  readonly scheduleDialect: 'graphile-worker'
}

/** Five fields and a task, with options and a payload that do not matter here. */
const LINE = /^((?:[0-9*/,-]+\s+){4}[0-9*/,-]+)\s+([_a-zA-Z][_a-zA-Z0-9:/-]*)(?:\s+\?(\S+))?(?:\s+\{.*\})?$/

/**
 * When the jobs of a cron item are due, as fields for a monitor's definition, so that both say the same. Graphile Worker reads schedules
 * in UTC.
 *
 * @param item  A cron item as `parseCronItems` takes it, or a line of a crontab.
 * @throws {TypeError} for a line that does not have the form of a crontab line, and for an item whose `match` is a function. `defineMonitor`
 * checks the fields of the expression; Graphile Worker checks options and payload.
 * @example
 * import { scheduleOf } from '@crontify/graphile-worker'
 * import { defineMonitor } from '@crontify/sdk'
 *
 * const definition = defineMonitor({ id: 'nightly-report', ...scheduleOf('0 2 * * * nightly-report ?max=5') })
 */
export function scheduleOf(item: CronItemLike | string): CrontabSchedule {
  if (typeof item === 'string') {
    const read = readLine(item)
    if (read === undefined) {
      throw new TypeError(
        `scheduleOf takes a line of a crontab of Graphile Worker, such as "0 2 * * * nightly-report", got ${JSON.stringify(item)}`,
      )
    }
    return read.schedule
  }
  const match = (item as CronItemLike | null | undefined)?.match
  if (typeof match === 'string') return withExpression(match)
  const hint =
    typeof match === 'function'
      ? '; a function tells none, and neither does what parseCronItems has read'
      : ''
  throw new TypeError(`scheduleOf needs the cron expression of a cron item, its match${hint}`)
}

/**
 * When the jobs of each item of a crontab are due, by the item's identifier: its option `id`, or else the name of its task.
 *
 * @param crontab  A crontab as Graphile Worker reads it.
 * @throws {TypeError} for a line that does not have the form of a crontab line; it names the line. Also for two items with one identifier.
 * @example
 * import { schedulesOf } from '@crontify/graphile-worker'
 * import { defineMonitor } from '@crontify/sdk'
 *
 * const crontab = '0 2 * * * nightly-report ?max=5\n30 * * * * sync'
 * const definitions = Object.entries(schedulesOf(crontab)).map(([id, schedule]) => defineMonitor({ id, ...schedule }))
 */
export function schedulesOf(crontab: string): Readonly<Record<string, CrontabSchedule>> {
  if (typeof crontab !== 'string')
    throw new TypeError('schedulesOf takes a crontab of Graphile Worker as text')
  const found = new Map<string, CrontabSchedule>()
  for (const [index, line] of crontab.split(/\r?\n/).entries()) {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) continue
    const read = readLine(text)
    if (read === undefined) {
      throw new TypeError(
        `schedulesOf takes a crontab of Graphile Worker; line ${index + 1} is none: ${JSON.stringify(text)}`,
      )
    }
    if (found.has(read.identifier)) {
      throw new TypeError(
        `schedulesOf found two items named "${read.identifier}"; give one of them another name, with ?id=`,
      )
    }
    found.set(read.identifier, read.schedule)
  }
  return Object.fromEntries(found)
}

function readLine(line: string): { identifier: string; schedule: CrontabSchedule } | undefined {
  const [, expression, task, options] = LINE.exec(line.trim()) ?? []
  if (expression === undefined || task === undefined) return undefined
  return { identifier: new URLSearchParams(options).get('id') ?? task, schedule: withExpression(expression) }
}

function withExpression(expression: string): CrontabSchedule {
  return {
    schedule: expression.trim().replaceAll(/\s+/g, ' '),
    timezone: 'UTC',
    scheduleDialect: 'graphile-worker',
  }
}
