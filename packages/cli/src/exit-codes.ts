/** Exit codes of the program itself; a job's own code always comes first. */
export const EXIT = {
  done: 0,
  /** It did not go well: a ping that did not arrive, a finding that matters. */
  failed: 1,
  /** Wrong arguments; nothing was done. */
  usage: 2,
  /** With `--no-overlap`: the job is still running and was not started again. EX_TEMPFAIL of sysexits.h. */
  stillRunning: 75,
  /** The job exceeded its time limit and was stopped, as with `timeout`. */
  timedOut: 124,
  /** The command exists and cannot be run, as with `env`. */
  notExecutable: 126,
  /** The command does not exist. */
  notFound: 127,
} as const
