export type {
  AdapterHarness,
  Job,
  JobOnScheduler,
  RunningAdapter,
  SeenByScheduler,
  WrongObject,
} from './suite/adapter-harness.ts'
export { describeAdapter } from './suite/describe-adapter.ts'
export type { RowName } from './suite/rows.ts'
