/** One weekday of a month: its first to fifth, or its last. */
export interface NthWeekday {
  /** 0 for Sunday to 6 for Saturday. */
  readonly weekday: number
  readonly nth: number | 'last'
}

/** What a cron expression says, the same for every dialect. Lists are ascending and without duplicates. */
export interface CronFields {
  readonly seconds: readonly number[]
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  /** Days of the month, from 1. */
  readonly days: readonly number[]
  /** Days before the last day of the month: 0 for `L`, 3 for `L-3`. */
  readonly lastDays: readonly number[]
  /** The working days nearest to these days of the month: 15 for `15W`, `'last'` for `LW`. */
  readonly nearestWeekdays: readonly (number | 'last')[]
  /** From 1 for January. */
  readonly months: readonly number[]
  /** 0 for Sunday to 6 for Saturday. */
  readonly weekdays: readonly number[]
  readonly nthWeekdays: readonly NthWeekday[]
  /** Whether a day must match the day of the month and the day of the week, or one of the two. */
  readonly dayRule: 'both' | 'either'
  /**
   * True where the dialect takes the times of day for fixed ones, which it treats in its own way when clocks change.
   * Always false for dialects that make no such difference.
   */
  readonly isFixedTime: boolean
}
