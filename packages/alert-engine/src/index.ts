export type { AlertFacts, MatchedRule } from './alert-facts.ts'
export type { Cancel, Clock, DurationMs, Instant } from './clock.ts'
export { durationText } from './duration-text.ts'
export { instantText } from './instant-text.ts'
export { WAITING } from './model.ts'
export type {
  ActiveState,
  Alert,
  ClosedRun,
  FailingState,
  Measured,
  MonitorEvent,
  MonitorState,
  OpenedRun,
  OpenRun,
  RunId,
  RunningState,
  Step,
  Watch,
} from './model.ts'
export { createSchedule } from './schedule.ts'
export type { Schedule } from './schedule.ts'
export { documentedLiteral, scheduleAware } from './semantics.ts'
export type { Semantics } from './semantics.ts'
export { termsOf } from './terms.ts'
export type { Terms } from './terms.ts'
export { transition } from './transition.ts'
export { createVirtualClock } from './virtual-clock.ts'
export type { VirtualClock, VirtualClockOptions } from './virtual-clock.ts'
