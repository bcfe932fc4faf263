export { monitorJob } from './monitor-job.ts'
export type { MonitorJobOptions } from './monitor-job.ts'
