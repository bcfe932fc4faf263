export type { FailOptions, PingReceipt as PingResponse, SuccessOptions } from '@crontify/protocol'
export { CrontifyMonitor } from './monitor/crontify-monitor.ts'
export {
  CrontifyApiError,
  CrontifyClosedError,
  CrontifyConfigError,
  CrontifyError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
  isCrontifyError,
} from './errors.ts'
export type { ConfigErrorCode, CrontifyErrorCode } from './errors.ts'
export type { DeliveryEvent, OnEvent } from './monitor/delivery-event.ts'
export type { DropReason, SkipReason } from './delivery/drop-reason.ts'
export type { FetchLike } from './transport/fetch-transport.ts'
export type { DeliveryOptions, MonitorOptions } from './options/options.ts'
export type { FlushOptions } from './monitor/monitor-client.ts'
export type { PingStats } from './monitor/ping-counts.ts'
export type { Logger } from './warner.ts'
export type { WrapOptions } from './monitor/wrap-job.ts'
