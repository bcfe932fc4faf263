export { monitorHandler } from './monitor-handler.ts'
export type { MonitoredHandler, MonitorHandlerOptions, WebHandler } from './monitor-handler.ts'
