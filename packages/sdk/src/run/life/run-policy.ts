/** What is promised to a run besides its pings, by what carries it. Printable data. */
export interface RunPolicy {
  /** Which ends of the process are reported as the failure of a run that is still open. */
  readonly failsAtProcessEnd: 'always' | 'if-abnormal' | 'never'
  /** Whether it is in the crash journal until its end is accepted or spooled. */
  readonly isJournaled: boolean
}

/** What carries a run. */
export type RunKind = 'job' | 'manual' | 'queued'

export const RUN_POLICIES: Readonly<Record<RunKind, RunPolicy>> = {
  /** A function that this process calls: it cannot finish anywhere else. */
  job: { failsAtProcessEnd: 'always', isJournaled: true },
  /** Begun with `start()`: another process may end it, so a process that ends well says nothing about it. */
  manual: { failsAtProcessEnd: 'if-abnormal', isJournaled: true },
  /** A job of a queue: another worker continues it. */
  queued: { failsAtProcessEnd: 'never', isJournaled: false },
}
