import { enableCurrentRun } from './run/current-run.ts'

export { captureConsole } from './run/log/capture-console.ts'
export type { ConsoleLike } from './run/log/capture-console.ts'
export { runLogStream } from './run/log/run-log-stream.ts'
export type { RunLogOptions } from './run/log/run-log-stream.ts'
export { RunLogTransport } from './run/log/run-log-transport.ts'
export type { RunLogTransportOptions } from './run/log/run-log-transport.ts'
export { currentRun } from './run/current-run.ts'
export type { Run } from './run/run.ts'

// The one import that has an effect: who asks for the current run wants runs to be followed.
enableCurrentRun()
