// The build loads this part at the first call, because it has zod in it.
export { defineMonitor } from './define-monitor.ts'
