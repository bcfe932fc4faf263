export { traceRuns } from './trace-runs.ts'
export type { TraceRunsOptions } from './trace-runs.ts'
