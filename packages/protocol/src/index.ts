export type { ChannelDefinition, ChannelInput, ChannelKind } from './channel-definition.ts'
export { cutMiddle, cutText } from './cut-text.ts'
export {
  API_KEY_HEADER,
  API_PREFIX,
  DEFAULT_BASE_URL,
  PING_KINDS,
  pingPath,
  runLogPath,
} from './endpoints.ts'
export type { PingKind } from './endpoints.ts'
export {
  DEFAULT_GRACE_SECONDS,
  DEFAULT_TIMEOUT_MS,
  HUNG_GRACE_MULTIPLIER,
  LOG_SNIPPET_LENGTH,
  MAX_CHANNELS_PER_MONITOR,
  MAX_ERROR_MESSAGE_LENGTH,
  MAX_LOG_OUTPUT_LENGTH,
  MAX_MONITOR_ID_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PINGS_PER_MINUTE,
  MAX_RULES_PER_MONITOR,
  MAX_RULE_FIELD_LENGTH,
  MAX_SCHEDULE_LENGTH,
  MAX_SPAN_SECONDS,
  MAX_TAGS_PER_MONITOR,
  MAX_TAG_LENGTH,
  MAX_TEXT_LENGTH,
  MAX_URL_LENGTH,
  MAX_WINDOW_RUNS,
  SWEEP_EVERY_MS,
} from './limits.ts'
export { isRuleField, readMeta } from './meta.ts'
export type { Meta, ReadMeta } from './meta.ts'
export type { FailureRateSettings, MonitorDefinition, SlowSettings, Tier } from './monitor-definition.ts'
export { isMonitorId } from './monitor-id.ts'
export { isLoopbackHost } from './is-loopback-host.ts'
export { isTruthy } from './is-truthy.ts'
export { nearestName } from './nearest-name.ts'
export { DURATION_ACCEPTED, parseDuration } from './parse-duration.ts'
export { failBody, successBody } from './ping-body.ts'
export type { FailBody, FailOptions, SuccessBody, SuccessOptions } from './ping-body.ts'
export { readReceipt } from './ping-receipt.ts'
export type { PingReceipt, ReadReceipt } from './ping-receipt.ts'
export { printableValue } from './printable-value.ts'
export { RULE_OPERATORS, ruleFires, ruleText } from './rules.ts'
export type { Rule, RuleOperator } from './rules.ts'
export type { CronFields, NthWeekday } from './schedule/cron-fields.ts'
export { occursOn } from './schedule/occurs-on.ts'
export type { CalendarDay } from './schedule/occurs-on.ts'
export { readSchedule } from './schedule/read-schedule.ts'
export type { ReadSchedule } from './schedule/read-schedule.ts'
export { DEFAULT_SCHEDULE_DIALECT, SCHEDULE_DIALECTS } from './schedule/schedule-dialect.ts'
export type { ScheduleDialect } from './schedule/schedule-dialect.ts'
export { reachesSeverity, SEVERITIES } from './severity.ts'
export type {
  AlertType,
  DocumentedAlertType,
  InferredAlertType,
  MonitorStatus,
  RunStatus,
  Severity,
} from './statuses.ts'
