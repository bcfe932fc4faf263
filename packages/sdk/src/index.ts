export type { FailOptions, PingReceipt as PingResponse, SuccessOptions } from '@crontify/protocol'
export { CrontifyMonitor } from './crontify-monitor.ts'
export {
  CrontifyApiError,
  CrontifyConfigError,
  CrontifyError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
  isCrontifyError,
} from './errors.ts'
export type { ConfigErrorCode, CrontifyErrorCode } from './errors.ts'
export type { FetchLike } from './fetch-transport.ts'
export type { DeliveryOptions, MonitorOptions } from './options.ts'
export type { Logger } from './warner.ts'
export type { WrapOptions } from './wrap-job.ts'
