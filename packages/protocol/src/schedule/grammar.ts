import type { ScheduleDialect } from './schedule-dialect.ts'

/** What one dialect accepts, and how it combines days. A property test of the alert engine compares it with the real library. */
export interface Grammar {
  readonly fieldCounts: readonly [fewest: number, most: number]
  /** What separates fields. */
  readonly blanks: RegExp
  readonly nicknames: Readonly<Record<string, string>>
  /** Whether `@Daily` is `@daily`. */
  readonly hasNicknamesInAnyCase: boolean
  /** `short` names have three letters. `everywhere`: short ones, in every field. */
  readonly names: 'none' | 'short' | 'short-or-long' | 'everywhere'
  /** Where `?` stands for `*`. */
  readonly questionMarks: 'none' | 'whole-day-field' | 'any'
  /** What `22-2` is. */
  readonly backwardRanges: 'rejected' | 'wrapped' | 'empty'
  /** What `fri-sun` ends with. */
  readonly sundayAfterDash: 0 | 7
  /** Where `1/2` ends in a day of the week; `undefined` where `5/15` is rejected. */
  readonly openStepsEndAt: 6 | 7 | undefined
  /** Whether `1-9/2` and `1-1` are accepted. */
  readonly hasRangeSteps: boolean
  /** Whether a step larger than its field is rejected. */
  readonly limitsSteps: boolean
  /** Whether only the values that a stepped range names are checked, and not its end. */
  readonly hasLooseEnds: boolean
  readonly rejectsDuplicates: boolean
  /** Items of a day of the month beside numbers. */
  readonly dayItems: readonly ('L' | 'L-3' | '15W' | 'LW' | 'LW alone')[]
  /** Where `5L` and `1#2` may stand: as an item, also on a range, or `#` only as the whole field. */
  readonly nthWeekdays: 'none' | 'items' | 'items-and-ranges' | 'whole-field'
  /** Whether `l` does not stand for `L`. */
  readonly hasCapitalL: boolean
  /** Whether a `+` before the day of week makes both day fields count. */
  readonly hasPlusSign: boolean
  /** When a day field counts as restricted. If both do, one of them is enough; `never`: both must match. */
  readonly restrictedDays: 'never' | 'unless-star' | 'unless-leading-star' | 'unless-every-day'
  /** Which times are fixed ones for clock changes. */
  readonly fixedTimes: 'none' | 'single-values' | 'without-leading-star' | 'not-every-hour'
}

const COMMON_NICKNAMES = {
  '@yearly': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
}
const CRON_NICKNAMES = { ...COMMON_NICKNAMES, '@annually': '0 0 1 1 *', '@midnight': '0 0 * * *' }
const NODE_NICKNAMES = {
  ...COMMON_NICKNAMES,
  '@minutely': '0 * * * * *',
  '@secondly': '* * * * * *',
  '@weekdays': '0 0 * * 1-5',
  '@weekends': '0 0 * * 0,6',
}

const PLAIN: Grammar = {
  fieldCounts: [5, 6],
  blanks: /\s+/,
  nicknames: CRON_NICKNAMES,
  hasNicknamesInAnyCase: true,
  names: 'short',
  questionMarks: 'none',
  backwardRanges: 'rejected',
  sundayAfterDash: 0,
  openStepsEndAt: undefined,
  hasRangeSteps: true,
  limitsSteps: false,
  hasLooseEnds: false,
  rejectsDuplicates: false,
  dayItems: [],
  nthWeekdays: 'none',
  hasCapitalL: false,
  hasPlusSign: false,
  restrictedDays: 'unless-every-day',
  fixedTimes: 'none',
}

const CRON_PARSER: Grammar = {
  ...PLAIN,
  fieldCounts: [1, 6],
  nicknames: { ...NODE_NICKNAMES, '@annually': '0 0 1 1 *' },
  hasNicknamesInAnyCase: false,
  questionMarks: 'any',
  openStepsEndAt: 7,
  rejectsDuplicates: true,
  dayItems: ['L'],
  nthWeekdays: 'whole-field',
  hasCapitalL: true,
  restrictedDays: 'unless-star',
  fixedTimes: 'not-every-hour',
}

/** The grammar of every dialect, in the versions that the property tests name. */
export const GRAMMARS: Readonly<Record<ScheduleDialect, Grammar>> = {
  // With its option `sloppyRanges`, because `5/15` can mean only one thing.
  croner: {
    ...PLAIN,
    questionMarks: 'any',
    sundayAfterDash: 7,
    openStepsEndAt: 6,
    limitsSteps: true,
    hasLooseEnds: true,
    dayItems: ['L', '15W', 'LW alone'],
    nthWeekdays: 'items-and-ranges',
    hasPlusSign: true,
    restrictedDays: 'unless-star',
    fixedTimes: 'single-values',
  },
  'node-cron': {
    ...PLAIN,
    blanks: / +/,
    names: 'short-or-long',
    questionMarks: 'whole-day-field',
    backwardRanges: 'wrapped',
    hasLooseEnds: true,
    dayItems: ['L', 'L-3', '15W', 'LW'],
    nthWeekdays: 'items',
    restrictedDays: 'never',
  },
  'cron-parser': CRON_PARSER,
  cron: { ...PLAIN, nicknames: NODE_NICKNAMES, names: 'everywhere', openStepsEndAt: 7 },
  vixie: {
    ...PLAIN,
    fieldCounts: [5, 5],
    blanks: /[ \t]+/,
    hasNicknamesInAnyCase: false,
    backwardRanges: 'empty',
    restrictedDays: 'unless-leading-star',
    fixedTimes: 'without-leading-star',
  },
  'graphile-worker': {
    ...PLAIN,
    fieldCounts: [5, 5],
    nicknames: {},
    names: 'none',
    hasRangeSteps: false,
  },
  // It sends at most one job a minute, so `scheduleOf` of its package leaves seconds out.
  'pg-boss': {
    ...CRON_PARSER,
    fieldCounts: [1, 5],
    nicknames: { ...CRON_PARSER.nicknames, '@minutely': '* * * * *', '@secondly': '* * * * *' },
  },
}
