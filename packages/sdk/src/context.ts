import { enableCurrentRun } from './run/current-run.ts'

export { captureConsole } from './context/capture-console.ts'
export type { ConsoleLike } from './context/capture-console.ts'
export { runLogWriter } from './context/run-log-writer.ts'
export { currentRun } from './run/current-run.ts'
export type { Run } from './run/run.ts'

// The one import that has an effect: who asks for the current run wants runs to be followed.
enableCurrentRun()
