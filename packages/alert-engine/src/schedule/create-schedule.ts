import { Cron } from 'croner'
import type { Instant } from '../clock.ts'

/** When a schedule asks for a run. */
export interface Schedule {
  /** The first slot strictly after an instant; `null` where there is none before the year 3000. */
  nextAfter(instant: Instant): Instant | null
}

interface Gap {
  readonly from: Instant
  readonly slot: Instant | null
}

const SHAPE = /^(@\w+|\S+(\s+\S+){4,5})$/

/**
 * Reads a cron expression in a time zone.
 *
 * A fixed time that a clock change skips runs right after the change, one that comes twice runs once; lists, ranges
 * and steps run on every time that exists (croner 11).
 *
 * @throws {RangeError} when the expression cannot be read, naming the part that is wrong and what is accepted.
 */
export function createSchedule(expression: string, timezone: string): Schedule {
  const cron = readCron(expression, timezone)
  // Asking croner takes tens of microseconds, and pings ask for the same slot again and again.
  let recent: Gap = { from: Infinity, slot: null }
  let older: Gap = recent
  return {
    nextAfter(instant) {
      if (holds(recent, instant)) return recent.slot
      if (holds(older, instant)) return older.slot
      const slot = cron.nextRun(new Date(instant))?.getTime() ?? null
      older = recent
      recent = { from: instant, slot }
      return slot
    },
  }
}

function holds(gap: Gap, instant: Instant): boolean {
  return instant >= gap.from && (gap.slot === null || instant < gap.slot)
}

function readCron(expression: string, timezone: string): Cron {
  const trimmed = expression.trim()
  // croner also takes dates and seven fields, which no cron daemon does.
  if (!SHAPE.test(trimmed)) throw refusal(expression, 'it does not have five or six fields')
  try {
    return new Cron(trimmed, { timezone, paused: true, mode: '5-or-6-parts' })
  } catch (error) {
    throw refusal(expression, reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
}

function refusal(expression: string, reason: string): RangeError {
  return new RangeError(
    `"schedule" is not a cron expression: ${JSON.stringify(expression)} (${reason}). Accepted are five fields ` +
      '(minute, hour, day of month, month, day of week), six with seconds in front, or a nickname such as "@daily"',
  )
}
