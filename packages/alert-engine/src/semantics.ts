/**
 * The rules in which the two readings of the service's documents differ, or which they leave open and which decide who is
 * alerted. The tags are those of `docs/service-facts.md`: [D …] documented, [I] inferred, [?] unknown. Everything else that can be
 * doubted is a constant of `service-rules.ts`.
 */
export interface Semantics {
  /**
   * What makes a run missed. `schedule`: its slot and the grace period have passed, as in the documented 09:05 example.
   * `silence`: more than the grace period since the last ping, whatever the schedule, as in the documented loop. [D MON, both]
   */
  readonly missedBy: 'schedule' | 'silence'
  /** The first ping after which runs can be missed. The documents say "successful ping". [?] */
  readonly armedBy: 'anyPing' | 'successPing'
  /** Whether a failing monitor can miss runs; the documented loop covers active ones. [D MON], or else [I] */
  readonly missedWhileFailing: boolean
  /** Whether the end of an outage or of silent failures alerts, unless the definition says no. [I] */
  readonly recoveryAlerts: boolean
}

/** The service as its example describes it: a run is missed when its slot and the grace period have passed. The default. */
export const scheduleAware: Semantics = Object.freeze({
  missedBy: 'schedule', // [D MON, the example]
  armedBy: 'anyPing', // [?]
  missedWhileFailing: true, // [I] a job that fails and then falls silent is a second piece of news
  recoveryAlerts: true, // [I]
})

/**
 * The service as its detection loop is described, word for word: a run is missed when the last ping is longer ago than the grace
 * period. A daily job with a grace period of five minutes is then missed five minutes after every run.
 */
export const documentedLiteral: Semantics = Object.freeze({
  missedBy: 'silence', // [D MON, the loop]
  armedBy: 'successPing', // [D MON; which ping is meant is ?]
  missedWhileFailing: false, // [D MON, the loop]
  recoveryAlerts: true, // [I]
})
