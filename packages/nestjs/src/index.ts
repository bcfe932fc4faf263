export { scheduleOf } from './schedule/schedule-of.ts'
export type { CronJobLike, CronSchedule } from './schedule/schedule-of.ts'
export { getMonitorToken, InjectMonitor } from './jobs/inject-monitor.ts'
export { Monitor } from './jobs/monitor.ts'
export type { MethodWith, MonitorMethodOptions } from './jobs/monitor.ts'
export type { MonitorRef } from './jobs/monitor-ref.ts'
export { CrontifyModule } from './module/crontify-module.ts'
export { MonitoredJobs } from './module/monitored-jobs.ts'
export type { MonitoredJob } from './module/monitored-jobs.ts'
export type {
  CrontifyModuleAsyncOptions,
  CrontifyModuleOptions,
  CrontifyOptionsFactory,
} from './module/module-options.ts'
