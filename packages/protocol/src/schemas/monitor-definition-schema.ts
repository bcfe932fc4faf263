import * as z from 'zod/mini'
import {
  MAX_CHANNELS_PER_MONITOR,
  MAX_NAME_LENGTH,
  MAX_RULES_PER_MONITOR,
  MAX_SCHEDULE_LENGTH,
  MAX_TAG_LENGTH,
  MAX_TAGS_PER_MONITOR,
  MAX_TEXT_LENGTH,
} from '../limits.ts'
import type { FailureRateSettings, MonitorDefinition, SlowSettings } from '../monitor-definition.ts'
import { readSchedule } from '../schedule/read-schedule.ts'
import { SCHEDULE_DIALECTS, type ScheduleDialect } from '../schedule/schedule-dialect.ts'
import { fieldsParams, idField, runsField, secondsField, textField, urlField } from './fields.ts'
import { ruleSchema } from './rule-schema.ts'

const TIMEZONE_ACCEPTED = 'an IANA time zone such as "Europe/Berlin"'
const FACTOR_ACCEPTED = 'a number above 1, at most 100'
const SHARE_ACCEPTED = 'a share of runs, from 0 to below 1'
const BOOLEAN_ACCEPTED = 'true or false'
/** The window of slow runs where a definition names none. */
const SLOW_WINDOW_RUNS = 30

const slowFields = {
  factor: z.exactOptional(
    z.number(FACTOR_ACCEPTED).check(z.gt(1, FACTOR_ACCEPTED), z.lte(100, FACTOR_ACCEPTED)),
  ),
  afterRuns: z.exactOptional(runsField),
  window: z.exactOptional(runsField),
}

const slowSchema: z.ZodMiniType<SlowSettings> = z
  .strictObject(slowFields, fieldsParams('"slow"', Object.keys(slowFields)))
  .check(
    z.refine(({ afterRuns = 1, window = SLOW_WINDOW_RUNS }) => afterRuns <= window, {
      error: `a number of runs that the window of "slow" can hold (it is ${SLOW_WINDOW_RUNS} unless set)`,
      path: ['afterRuns'],
    }),
  )

const rateFields = {
  above: z.number(SHARE_ACCEPTED).check(z.gte(0, SHARE_ACCEPTED), z.lt(1, SHARE_ACCEPTED)),
  window: runsField,
  minimumRuns: z.exactOptional(runsField),
}

const failureRateSchema: z.ZodMiniType<FailureRateSettings> = z
  .strictObject(rateFields, fieldsParams('"failureRate"', Object.keys(rateFields)))
  .check(
    z.refine(({ minimumRuns = 1, window }) => minimumRuns <= window, {
      error: 'a number of runs that the window of "failureRate" can hold',
      path: ['minimumRuns'],
    }),
  )

const fields = {
  id: idField,
  name: z.exactOptional(textField(MAX_NAME_LENGTH)),
  schedule: z.exactOptional(textField(MAX_SCHEDULE_LENGTH)),
  scheduleDialect: z.exactOptional(z.enum(SCHEDULE_DIALECTS, `one of ${SCHEDULE_DIALECTS.join(', ')}`)),
  everySeconds: z.exactOptional(secondsField('above 0')),
  timezone: z.exactOptional(
    z.string(TIMEZONE_ACCEPTED).check(z.refine(isTimezone, { error: TIMEZONE_ACCEPTED })),
  ),
  graceSeconds: z.exactOptional(secondsField('from 0')),
  maxDurationSeconds: z.exactOptional(secondsField('above 0')),
  rules: z.exactOptional(listOf(ruleSchema, MAX_RULES_PER_MONITOR, 'rules')),
  slow: z.exactOptional(
    z.union([z.boolean(), slowSchema], `true, false or an object of ${Object.keys(slowFields).join(', ')}`),
  ),
  failureRate: z.exactOptional(failureRateSchema),
  cooldownSeconds: z.exactOptional(secondsField('above 0')),
  recovery: z.exactOptional(z.boolean(BOOLEAN_ACCEPTED)),
  channels: z.exactOptional(listOf(idField, MAX_CHANNELS_PER_MONITOR, 'channel ids')),
  tags: z.exactOptional(listOf(textField(MAX_TAG_LENGTH), MAX_TAGS_PER_MONITOR, 'texts')),
  tier: z.exactOptional(z.literal([1, 2, 3, 4], '1, 2, 3 or 4')),
  runbook: z.exactOptional(urlField),
  description: z.exactOptional(textField(MAX_TEXT_LENGTH)),
  owner: z.exactOptional(textField(MAX_NAME_LENGTH)),
  rerun: z.exactOptional(textField(MAX_TEXT_LENGTH)),
}

/**
 * A monitor definition. What it cannot say as a JSON schema: that the time zone exists, that the schedule can be read and
 * occurs, and that `schedule` and `everySeconds` exclude each other.
 */
export const monitorDefinitionSchema: z.ZodMiniType<MonitorDefinition> = z
  .strictObject(fields, fieldsParams('a monitor', Object.keys(fields)))
  .check(
    z.refine(({ schedule, everySeconds }) => schedule === undefined || everySeconds === undefined, {
      error: 'left out where "schedule" is given: the two exclude each other',
      path: ['everySeconds'],
      when: isObject,
    }),
    z.superRefine(checkSchedule, { when: isObject }),
    z.refine(
      ({ scheduleDialect, timezone = 'UTC' }) => scheduleDialect !== 'graphile-worker' || timezone === 'UTC',
      {
        error: 'UTC where "scheduleDialect" is graphile-worker, which reads schedules in UTC',
        path: ['timezone'],
        when: isObject,
      },
    ),
  )

function isObject({ value }: { readonly value: unknown }): boolean {
  // Also where another field is wrong: all problems at once.
  return typeof value === 'object' && value !== null
}

function checkSchedule(
  { schedule, scheduleDialect }: MonitorDefinition,
  context: z.core.$RefinementCtx<MonitorDefinition>,
): void {
  // What is wrong with these has an issue of its own.
  if (!isReadable(schedule) || !isDialect(scheduleDialect)) return
  const { problem } = readSchedule(schedule, scheduleDialect)
  if (problem !== undefined) {
    context.addIssue({ code: 'custom', message: problem, path: ['schedule'], input: schedule })
  }
}

function isReadable(schedule: unknown): schedule is string {
  return typeof schedule === 'string' && schedule.length <= MAX_SCHEDULE_LENGTH && /\S/.test(schedule)
}

function isDialect(dialect: unknown): dialect is ScheduleDialect | undefined {
  return dialect === undefined || SCHEDULE_DIALECTS.some((known) => known === dialect)
}

function listOf<Entry>(
  entry: z.ZodMiniType<Entry>,
  most: number,
  what: string,
): z.ZodMiniArray<z.ZodMiniType<Entry>> {
  const accepted = `a list of at most ${most} ${what}`
  return z.array(entry, accepted).check(z.maxLength(most, accepted))
}

function isTimezone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
