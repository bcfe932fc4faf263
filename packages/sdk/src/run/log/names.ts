export { currentRun } from '../current-run.ts'
export { captureConsole } from './capture-console.ts'
export { runLogWriter } from './run-log-writer.ts'
