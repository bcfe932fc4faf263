/** Which processes there are, to tell a run that is going on from one whose process died. */
export interface ProcessTable {
  readonly self: ProcessIdentity
  /** `unknown` for a process that cannot be seen from here. */
  stateOf(process: ProcessIdentity): 'alive' | 'gone' | 'unknown'
}

/** Enough to recognise one process among all that have ever had its number. Empty texts where nothing is known. */
export interface ProcessIdentity {
  /** Name of the machine or container. */
  readonly host: string
  /** Changes when the machine starts anew. */
  readonly boot: string
  /** Processes see each other only within one such space: containers of one machine do not. */
  readonly space: string
  readonly pid: number
  /** When it began, in whatever unit the system counts; tells it from a later process with the same number. */
  readonly startedAt: string
}

/** What is asked of the system. */
export interface ProcessProbe {
  /** When the process with this number began; `undefined` if there is none. Empty if only its being is known. */
  startOf(pid: number): string | undefined
}

/** What can be said of a process that somebody wrote down. */
export function processState(
  process: ProcessIdentity,
  self: ProcessIdentity,
  probe: ProcessProbe,
): 'alive' | 'gone' | 'unknown' {
  if (process.host !== self.host) return 'unknown'
  // Everything that ran before the machine started is gone.
  if (process.boot !== self.boot) return 'gone'
  if (process.space !== self.space) return 'unknown'
  const startedAt = probe.startOf(process.pid)
  if (startedAt === undefined) return 'gone'
  // Another process has got the number since. Where no start is known, the number must do.
  return startedAt === process.startedAt || startedAt === '' ? 'alive' : 'gone'
}
