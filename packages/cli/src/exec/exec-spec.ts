import type { CommandSpec } from '../command-line/command-spec.ts'
import { CLIENT_OPTIONS } from '../client/client-spec.ts'

/** `crontify exec`: its options and its help. */
export const EXEC_SPEC: CommandSpec = {
  name: 'exec',
  synopsis: 'MONITOR [options] -- COMMAND [ARGUMENT …]',
  summary: 'runs a command, and reports its start and its end to Crontify',
  about: `Starts the command at once, with the same input, output, exit code and signals as without crontify. Sends a start ping meanwhile, and at the end a success ping, or a fail ping with the last lines of its output. A service that is down or silent never fails the job; it delays the exit by at most 5 seconds.

The job can write lines such as records_processed=1523 to the file $CRONTIFY_META_FILE: they become metadata.`,
  takesCommand: true,
  options: [
    { name: 'meta', value: 'KEY=NUMBER', repeatable: true, summary: 'metadata of the run; can be repeated' },
    {
      name: 'max-duration',
      value: 'DURATION',
      summary: 'warn when the job takes longer, such as 45m or 1h30m',
    },
    {
      name: 'kill-after',
      value: 'DURATION',
      summary: 'with --max-duration: stop the job with SIGTERM, and this much later with SIGKILL',
    },
    {
      name: 'no-overlap',
      summary: 'do nothing and exit with 75 if the job is still running',
    },
    {
      name: 'lock-directory',
      value: 'DIRECTORY',
      summary: 'where --no-overlap keeps its locks (default: /tmp/crontify-UID)',
    },
    { name: 'capture', summary: 'keep the output for the log, even at a terminal' },
    { name: 'no-capture', summary: 'do not keep the output: a fail ping then has no log' },
    { name: 'strict', summary: 'exit with 1 if the job succeeded and a ping did not arrive' },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    ['crontify exec nightly-backup -- /usr/local/bin/backup.sh', 'in a crontab'],
    ['crontify exec user-sync --max-duration 45m -- python3 sync.py --all', 'warns if it hangs'],
    [
      'crontify exec reports --no-overlap --max-duration 1h --kill-after 30s -- ./reports',
      'like timeout and flock',
    ],
  ],
}
