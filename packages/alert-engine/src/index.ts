export type { AlertFacts, MatchedRule } from './alert-facts.ts'
export { testAlert } from './alerts.ts'
export { createCalendar } from './calendar.ts'
export type { Calendar } from './calendar.ts'
export { channelsFor } from './channels-for.ts'
export type { Cancel, Clock, DurationMs, Instant } from './clock.ts'
export { createDeadlineQueue } from './deadline-queue.ts'
export type { DeadlineQueue } from './deadline-queue.ts'
export { durationText } from './duration-text.ts'
export { instantText } from './instant-text.ts'
export type { Expectation } from './expectation.ts'
export { WAITING } from './model.ts'
export type {
  ActiveState,
  Alert,
  ClosedRun,
  FailingState,
  HungRun,
  Measured,
  Memory,
  MonitorEvent,
  MonitorState,
  OpenedRun,
  OpenRun,
  OutageCause,
  PausedState,
  RunId,
  RunningState,
  SilentFailure,
  Step,
  Suppression,
  TestAlert,
  Notified,
  Watch,
} from './model.ts'
export { nextDeadline } from './next-deadline.ts'
export { createSchedule } from './schedule/create-schedule.ts'
export type { Schedule, ScheduleSource } from './schedule/create-schedule.ts'
export { documentedLiteral, scheduleAware } from './semantics.ts'
export type { Semantics } from './semantics.ts'
export { suggestMaxDuration } from './suggest-max-duration.ts'
export type { MaxDurationSuggestion } from './suggest-max-duration.ts'
export { termsOf } from './terms.ts'
export type { RateTerms, SlowTerms, Terms } from './terms.ts'
export { transition } from './transition.ts'
export { createVirtualClock } from './virtual-clock.ts'
export type { VirtualClock, VirtualClockOptions } from './virtual-clock.ts'
