export { documentedLiteral, scheduleAware, suggestMaxDuration } from '@crontify/alert-engine'
export type { MaxDurationSuggestion, Semantics } from '@crontify/alert-engine'
export { attentionOf, byUrgency } from './attention.ts'
export type { Attention, MonitorFacts } from './attention.ts'
export type { Delivery, DeliveryAttempt, Notification, Rendered } from './channels/notification.ts'
export { createMockCrontify } from './create-mock-crontify.ts'
export { createMockServer } from './create-mock-server.ts'
export type { Fault, FaultEffect, Faults, FaultTarget, ListedFault } from './faults/fault.ts'
export type { Fetch } from './http/in-process-fetch.ts'
export type {
  Journal,
  JournalAct,
  JournalEntry,
  JournalPing,
  JournalRequest,
  RefusalReason,
} from './journal/journal-entry.ts'
export { CrontifyMockError } from './mock-error.ts'
export type { CrontifyMockErrorCode } from './mock-error.ts'
export { replay } from './journal/replay.ts'
export type { Replayed, ReplayOptions } from './journal/replay.ts'
export type { Acknowledgment } from './acknowledgments.ts'
export type { MockServer, PauseOptions } from './mock-server.ts'
export type { Kept, MockServerOptions } from './mock-server-options.ts'
export type {
  Dropped,
  MockAlert,
  MockChannel,
  MockEvent,
  MockMonitor,
  MockOutage,
  MockPing,
  MockRun,
  MockSilentFailure,
  MockSuppression,
} from './mock-records.ts'
export type { Duration, IsoInstant } from './time-texts.ts'
export type { Plan } from './plan.ts'
export { scenario } from './testing/scenario.ts'
export type { Scenario, ScenarioMock } from './testing/scenario.ts'
