/** What the program ends with when the end is its own; a job's own code always comes first. */
export const EXIT = {
  done: 0,
  /** What was asked for did not come out well: a ping that did not arrive, a finding that matters. */
  failed: 1,
  /** It was called wrongly, and did nothing. */
  usage: 2,
  /** With `--no-overlap`: the job still runs, and was not started again. As EX_TEMPFAIL of sysexits.h. */
  stillRunning: 75,
  /** The job took longer than it may and was stopped, as with `timeout`. */
  timedOut: 124,
  /** The command is there and cannot be run, as with `env`. */
  notExecutable: 126,
  /** There is no such command. */
  notFound: 127,
} as const
