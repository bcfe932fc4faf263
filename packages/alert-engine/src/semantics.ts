import {
  DEFAULT_GRACE_SECONDS,
  HUNG_GRACE_MULTIPLIER,
  type Severity,
  SWEEP_EVERY_MS,
} from '@crontify/protocol'
import type { AlertFacts } from './alert-facts.ts'
import type { DurationMs } from './clock.ts'

/**
 * Every number and rule of the service that can be doubted. The tags are those of `docs/service-facts.md`:
 * [D …] documented, [I] inferred, [?] unknown.
 */
export interface Semantics {
  /** How often the service looks for missed and hung runs. [D MON] */
  readonly sweepEveryMs: DurationMs
  /** The grace period of a monitor that sets none. [D MON] */
  readonly defaultGraceMs: DurationMs
  /** Without a limit of its own, a run is hung after this many grace periods. [D RUNS] */
  readonly hungGraceMultiplier: number
  /**
   * From what a missed run follows. The documents say both [D MON]: `schedule` as in their example of a 09:00
   * job, `silence` as in their description of the loop, where the schedule plays no part.
   */
  readonly missedBy: 'schedule' | 'silence'
  /**
   * Whether a sweep at the very end of the grace period already finds the run missed: `at` as in the 09:05
   * example, `after` as in "greater than". [D MON, both]
   */
  readonly missedFrom: 'atDeadline' | 'afterDeadline'
  /** Which ping makes a monitor one that can miss runs. The documents say "successful ping". [?] */
  readonly armedBy: 'anyPing' | 'successPing'
  /** Whether a failing monitor can miss runs; documented is a loop over active ones. [D MON], or else [I] */
  readonly missedWhileFailing: boolean
  /**
   * A ping that comes this much before a slot counts for it, so that a clock that is slightly ahead does not make
   * the slot missed. Never more than half of the interval to the next slot. [I]
   */
  readonly earlyToleranceMs: DurationMs
  /** Whether an overlap alerts, or is only recorded. [I] */
  readonly overlapAlerts: boolean
  /** Whether an alert tells that a failing monitor works again, where its definition does not forbid it. [I] */
  readonly recoveryAlerts: boolean
  /** Which ping ends a silence: the start is documented, "last ping" suggests any. [D PINGS, or else I] */
  readonly silenceEndedBy: 'anyPing' | 'startPing'
  /**
   * Which ping ends an outage: only a success, which shows that the job works, or a start as well, which shows that it
   * is alive. [I]
   */
  readonly outageEndedBy: 'successPing' | 'startOrSuccessPing'
  /**
   * What a success or fail without an open run is: a run without a duration that counts like any other, or a record
   * that ends a silence and no more, neither an outage nor in an alert. [?]
   */
  readonly endWithoutStart: 'runOfItsOwn' | 'recordOnly'
  /** Whether a monitor that failed while it was paused resumes as failing; nobody was told. [?] */
  readonly failuresInPause: 'forgotten' | 'remembered'
  /** How urgent each type of alert is. [D CHAN] for failure and missed, the rest [I] */
  readonly severities: Readonly<Record<AlertFacts['type'], Severity>>
  /** Whether rules that match make one alert, or one each. [?] */
  readonly silentFailureAlerts: 'oneForAll' | 'oneForEach'
  /** Whether rules are also looked at when a run fails; documented is the success. [D RULES; ?] */
  readonly rulesOnFail: boolean
  /** Whether durations are compared where a definition does not say. [D PINGS] */
  readonly slowByDefault: boolean
  /** A run is slow when it takes more than this many times what is usual. [?] */
  readonly slowFactor: number
  /** Nothing is slow before this many runs were measured. [?] */
  readonly slowAfterRuns: number
  /** The usual is reckoned from this many last successes. [?] */
  readonly slowWindowRuns: number
  /** What is usual: "average" in the documents. [D PINGS] */
  readonly slowComparesTo: 'mean' | 'median'
  /** A run that takes no longer than this is never slow: three milliseconds instead of one are no news. [I] */
  readonly slowFloorMs: DurationMs
  /** Whether a slow run counts for what is usual, so that a job that stays slow becomes the usual. [I] */
  readonly slowRunsCount: boolean
  /** A failure rate alerts only after this many runs, or a full window, where a definition does not say. [I] */
  readonly failureRateMinimumRuns: number
  /** Whether a monitor with a failure rate also alerts, and is failing, on each failure. [I] */
  readonly failureAlertsBesideRate: boolean
  /** What a cooldown runs from: the last alert that was sent, or also one that was suppressed. [I] */
  readonly cooldownFrom: 'sentAlert' | 'anyAlert'
  /** Whether the recovery from an outage that was told is told during a cooldown as well. [I] */
  readonly recoveryIgnoresCooldown: boolean
  /** Most missed runs that one sweep of one monitor records; more are counted. Ours, to bound memory. [I] */
  readonly maxMissedRecords: number
}

/**
 * The service as its example describes it: a run is missed when its slot passes by the grace period. The default.
 */
export const scheduleAware: Semantics = Object.freeze({
  sweepEveryMs: SWEEP_EVERY_MS, // [D MON]
  defaultGraceMs: DEFAULT_GRACE_SECONDS * 1_000, // [D MON]
  hungGraceMultiplier: HUNG_GRACE_MULTIPLIER, // [D RUNS]
  missedBy: 'schedule', // [D MON, the example]
  missedFrom: 'atDeadline', // [D MON, the example]
  armedBy: 'anyPing', // [?]
  missedWhileFailing: true, // [I] a job that fails and then falls silent is a second piece of news
  earlyToleranceMs: 60_000, // [I]
  overlapAlerts: true, // [I]
  recoveryAlerts: true, // [I]
  silenceEndedBy: 'anyPing', // [I] a heartbeat never starts
  outageEndedBy: 'successPing', // [I] a job that starts and fails again has not recovered
  endWithoutStart: 'runOfItsOwn', // [I] or a job that only tells its end would never alert
  failuresInPause: 'forgotten', // [I] or the recovery would be the first that anybody hears of it
  severities: Object.freeze({
    failure: 'critical', // [D CHAN]
    missed: 'critical', // [D CHAN]
    hung: 'critical', // [I]
    overlapped: 'warning', // [I]
    silent_failure: 'warning', // [I]
    slow: 'warning', // [I]
    failure_rate: 'warning', // [I]
    recovery: 'info', // [I]
    test: 'info', // [I]
  }),
  silentFailureAlerts: 'oneForAll', // [I]
  rulesOnFail: false, // [D RULES]
  slowByDefault: true, // [D PINGS]
  slowFactor: 2, // [I]
  slowAfterRuns: 10, // [I]
  slowWindowRuns: 30, // [I]
  slowComparesTo: 'mean', // [D PINGS]
  slowFloorMs: 1_000, // [I]
  slowRunsCount: true, // [I]
  failureRateMinimumRuns: 10, // [I]
  failureAlertsBesideRate: false, // [I]
  cooldownFrom: 'sentAlert', // [I] or a job that fails every minute would never be heard of again
  recoveryIgnoresCooldown: true, // [I] or people would go on repairing what works
  maxMissedRecords: 1_000, // [I]
})

/**
 * The service as its detection loop is described, word for word: a run is missed when the last ping is longer ago
 * than the grace period. A daily job with a grace of five minutes is then missed five minutes after every run.
 */
export const documentedLiteral: Semantics = Object.freeze({
  ...scheduleAware,
  missedBy: 'silence', // [D MON, the loop]
  missedFrom: 'afterDeadline', // [D MON, the loop]
  armedBy: 'successPing', // [D MON; which ping is meant is ?]
  missedWhileFailing: false, // [D MON, the loop]
})
