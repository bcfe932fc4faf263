export type { FailOptions, PingReceipt as PingResponse, SuccessOptions } from '@crontify/protocol'
export { CrontifyMonitor } from './crontify-monitor.ts'
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
export type { DeliveryEvent, OnEvent } from './delivery-event.ts'
export type { DropReason, SkipReason } from './drop-reason.ts'
export type { FetchLike } from './fetch-transport.ts'
export type { DeliveryOptions, MonitorOptions } from './options.ts'
export type { FlushOptions } from './monitor-client.ts'
export type { PingStats } from './ping-counts.ts'
export type { Logger } from './warner.ts'
export type { WrapOptions } from './wrap-job.ts'
