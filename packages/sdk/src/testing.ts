export { recordPings } from './testing/record-pings.ts'
export type { PingRecorder, RecordedPing, RecorderOptions } from './testing/record-pings.ts'
