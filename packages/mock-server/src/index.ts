export { documentedLiteral, scheduleAware } from '@crontify/alert-engine'
export type { Semantics } from '@crontify/alert-engine'
export { createMockServer } from './create-mock-server.ts'
export type {
  Duration,
  IsoInstant,
  Kept,
  MockAlert,
  MockEvent,
  MockMonitor,
  MockPing,
  MockRun,
  MockServer,
  MockServerOptions,
  MockSuppression,
} from './mock-server.ts'
