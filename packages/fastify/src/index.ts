export { monitorRoute } from './monitor-route.ts'
export type { MonitorRouteOptions } from './monitor-route.ts'
export { requireSecret } from './require-secret.ts'
