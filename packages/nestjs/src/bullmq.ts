export { MonitorWorker } from './jobs/monitor-worker.ts'
export type { MonitorWorkerSettings } from './jobs/monitor-worker.ts'
