export { recordPings } from './testing/record-pings.ts'
export type { PingRecorder, RecorderOptions } from './testing/record-pings.ts'
export type { RecordedPing } from './testing/recorded-ping.ts'
