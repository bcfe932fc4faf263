export type { FailOptions, PingReceipt as PingResponse, SuccessOptions } from '@crontify/protocol'
export { Crontify } from './client/crontify.ts'
export type { CrontifyOptions } from './client/crontify.ts'
export { defineMonitor } from './definition/on-demand.ts'
export type { DefinedMonitor, NewMonitor, UpToFiveRules } from './definition/define-monitor.ts'
export type { RuleExplanation } from './definition/explain-rules.ts'
export type { AnyMeta, MetaField, MetaShape, SomeMeta, WholeMeta } from './definition/meta-types.ts'
export type { RuleField, RuleFields } from './definition/rule-fields.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './definition/standard-schema.ts'
export { CrontifyMonitor } from './client/crontify-monitor.ts'
export {
  CrontifyApiError,
  CrontifyClosedError,
  CrontifyConfigError,
  CrontifyDefinitionError,
  CrontifyEachError,
  CrontifyError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
  isCrontifyError,
} from './errors.ts'
export type { ConfigErrorCode, CrontifyErrorCode } from './errors.ts'
export type { DeliveryEvent, OnEvent } from './run/delivery-event.ts'
export type { DropReason, SkipReason } from './delivery/rules/ping-state.ts'
export type { FetchLike } from './http/fetch-transport.ts'
export type { HttpAgent, PingTransport } from './http/route.ts'
export type { DeliveryOptions, MonitorOptions } from './options/options.ts'
export type { FlushOptions } from './client/flush-options.ts'
export type { HeartbeatOptions } from './client/monitor/heartbeat.ts'
export type { DurationReport } from './run/watch-duration.ts'
export type { RedactOption } from './redaction/redactor.ts'
export type { EachCounts, EachOptions, EachOutcome } from './run/each-record.ts'
export { explainRules, monitored } from './on-demand.ts'
export type { AnyFunction, MonitoredOptions } from './run/layers/monitored.ts'
export type { Pinger } from './run/layers/pinger.ts'
export type { Run } from './run/run.ts'
export type { RunEvent } from './run/life/run-event.ts'
export type { PingStats } from './client/ping-counts.ts'
export type { Logger } from './warner.ts'
export type { WrapOptions } from './run/layers/wrap-job.ts'
