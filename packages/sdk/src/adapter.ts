export { createRunTracker } from './run-tracker.ts'
export type { Pinger, RunTracker, TrackerOptions } from './run-tracker.ts'
export { numbersOf } from './numbers-of.ts'
