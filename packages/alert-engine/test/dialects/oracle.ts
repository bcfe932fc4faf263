import { CronTime } from 'cron'
import { CronExpressionParser } from 'cron-parser'
import { Cron } from 'croner'
import { parseCronItem } from 'graphile-worker'
import nodeCron from 'node-cron'
import { vi } from 'vitest'
import type { ScheduleDialect } from '@crontify/protocol'
import { vixieInstants } from './debian-cron.ts'

/** A real scheduler, asked when it would start a job. */
export interface Oracle {
  accepts(expression: string): boolean
  /** Its instants after `from`, up to `until`, each found from the one before as the scheduler does it. */
  instants(expression: string, span: Span): readonly number[]
}

export interface Span {
  readonly timezone: string
  readonly from: number
  readonly until: number
}

const MINUTE_MS = 60_000
/** Without seconds, which pg-boss ignores and its `scheduleOf` leaves out. */
const MINUTE_FIELDS = 5

/** The libraries, in the versions of this package's development dependencies, and Debian's cron as its source describes it. */
export const ORACLES: Readonly<Record<ScheduleDialect, Oracle>> = {
  croner: {
    accepts: (expression) => doesNotThrow(() => cronerOf(expression, 'UTC')),
    instants: (expression, span) => {
      const cron = cronerOf(expression, span.timezone)
      return iterated(span, (at) => cron.nextRun(new Date(at))?.getTime())
    },
  },
  'node-cron': {
    accepts: (expression) => nodeCron.validate(expression),
    instants: (expression, span) => {
      const task = nodeCron.createTask(expression, () => {}, { timezone: span.timezone })
      // Its public getNextRuns begins at the machine's time.
      const { timeMatcher } = task as unknown as { timeMatcher: { getNextMatch(date: Date): Date } }
      return iterated(span, (at) => timeMatcher.getNextMatch(new Date(at)).getTime())
    },
  },
  'cron-parser': {
    accepts: (expression) => doesNotThrow(() => CronExpressionParser.parse(expression)),
    // BullMQ and Agenda parse the expression again for each run.
    instants: (expression, span) =>
      iterated(span, (at) =>
        CronExpressionParser.parse(expression, { tz: span.timezone, currentDate: new Date(at) })
          .next()
          .getTime(),
      ),
  },
  cron: {
    accepts: (expression) => CronTime.validateCronExpression(expression).valid,
    instants: (expression, span) => {
      const time = new CronTime(expression, span.timezone)
      return iterated(span, (at) => {
        // luxon resolves a repeated time by the offset of the machine's time, and the job asks at the time of its run.
        vi.setSystemTime(at)
        return time.getNextDateFrom(new Date(at), span.timezone).toMillis()
      })
    },
  },
  vixie: {
    // Debian's crontab is not a library: see debian-cron.test.ts for what it accepts.
    accepts: () => true,
    instants: vixieInstants,
  },
  'graphile-worker': {
    accepts: (expression) => doesNotThrow(() => graphileOf(expression)),
    instants: (expression, { from, until }) => {
      const { match } = graphileOf(expression)
      const found: number[] = []
      const first = Math.floor(from / MINUTE_MS + 1) * MINUTE_MS
      for (let at = first; at <= until; at += MINUTE_MS) {
        const date = new Date(at)
        const digest = {
          min: date.getUTCMinutes(),
          hour: date.getUTCHours(),
          date: date.getUTCDate(),
          month: date.getUTCMonth() + 1,
          dow: date.getUTCDay(),
        }
        if (match(digest)) found.push(at)
      }
      return found
    },
  },
  // Both versions of its package are asked on a real Postgres in its own tests; here is what its timekeeper does.
  'pg-boss': {
    accepts: (expression) =>
      expression.split(' ').length <= MINUTE_FIELDS &&
      doesNotThrow(() => CronExpressionParser.parse(expression)),
    instants: (expression, { timezone, from, until }) => {
      // Its answer takes a third of a millisecond. Clocks differ by quarters of an hour, so other minutes cannot be named.
      const named = new Set(
        CronExpressionParser.parse(expression).fields.minute.values.map((minute) => minute % 15),
      )
      const found: number[] = []
      for (let at = Math.floor(from / MINUTE_MS + 1) * MINUTE_MS; at <= until; at += MINUTE_MS) {
        if (named.has((at / MINUTE_MS) % 15) && isDueForPgBoss(expression, timezone, at)) found.push(at)
      }
      return found
    },
  },
}

/** What pg-boss asks twice a minute, of each instant of the minute before. */
function isDueForPgBoss(expression: string, tz: string, at: number): boolean {
  try {
    const interval = CronExpressionParser.parse(expression, {
      tz,
      strict: false,
      currentDate: new Date(at + 1),
    })
    return interval.prev().getTime() === at
  } catch {
    // It gives up in some zones, and pg-boss then sends nothing.
    return false
  }
}

function cronerOf(expression: string, timezone: string): Cron {
  return new Cron(expression, { timezone, paused: true, mode: '5-or-6-parts', sloppyRanges: true })
}

function graphileOf(expression: string): ReturnType<typeof parseCronItem> {
  return parseCronItem({ task: 'job', match: expression })
}

function iterated({ from, until }: Span, next: (at: number) => number | undefined): readonly number[] {
  const found: number[] = []
  for (let at = next(from); at !== undefined && at <= until; at = next(at)) found.push(at)
  return found
}

function doesNotThrow(action: () => unknown): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
