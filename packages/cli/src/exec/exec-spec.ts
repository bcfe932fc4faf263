import type { CommandSpec } from '../command-line/command-spec.ts'
import { CLIENT_OPTIONS } from '../client/client-spec.ts'

/** `crontify exec`, to its reader and to its help. */
export const EXEC_SPEC: CommandSpec = {
  name: 'exec',
  synopsis: 'MONITOR [options] -- COMMAND [ARGUMENT …]',
  summary: 'runs a command, and tells Crontify when it starts and how it ends',
  about: `The command starts at once, and behaves as if it had been called alone: same input, same output, same exit
code, same signals. A start ping goes out beside it, and at its end a success ping, or a fail ping with the last
lines of its output. A service that is away or silent never fails the job; at its end at most 5 seconds are waited.

The job can write lines such as records_processed=1523 to the file $CRONTIFY_META_FILE: they become metadata.`,
  takesCommand: true,
  options: [
    { name: 'meta', value: 'KEY=NUMBER', repeatable: true, summary: 'metadata of the run; may be repeated' },
    { name: 'max-duration', value: 'SPAN', summary: 'warn when the job takes longer, as in 45m or 1h30m' },
    {
      name: 'kill-after',
      value: 'SPAN',
      summary: 'with --max-duration: stop the job with SIGTERM then, and with SIGKILL this much later',
    },
    {
      name: 'no-overlap',
      summary: 'do nothing, and end with 75, while the job of an earlier call still runs',
    },
    {
      name: 'lock-directory',
      value: 'DIRECTORY',
      summary: 'where --no-overlap keeps its locks (default /tmp/crontify-UID)',
    },
    { name: 'capture', summary: 'keep the output for the log, also where it goes to a terminal' },
    { name: 'no-capture', summary: "hand the output on unseen: a fail ping then has no log of the job's" },
    { name: 'strict', summary: 'end with 1 if the job went well and a ping did not arrive' },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    ['crontify exec nightly-backup -- /usr/local/bin/backup.sh', 'what a line of a crontab looks like'],
    ['crontify exec user-sync --max-duration 45m -- python3 sync.py --all', 'warns when it hangs'],
    [
      'crontify exec reports --no-overlap --max-duration 1h --kill-after 30s -- ./reports',
      'like timeout and flock',
    ],
  ],
}
