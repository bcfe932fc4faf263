import { CLIENT_OPTIONS } from '../client/client-spec.ts'
import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify ping`: its options and its help. */
export const PING_SPEC: CommandSpec = {
  name: 'ping',
  synopsis: 'MONITOR start|success|fail [options]',
  summary: 'sends one ping, for jobs that report themselves',
  about: `Waits for the answer, and exits with 1 if the ping did not arrive. Prefer crontify exec where it can run the command: it cannot forget the end.`,
  options: [
    { name: 'message', value: 'TEXT', summary: 'with fail: what went wrong, at most 500 characters' },
    {
      name: 'log',
      value: 'FILE',
      summary: 'with fail: a file with the log, - for standard input',
    },
    {
      name: 'meta',
      value: 'KEY=NUMBER',
      repeatable: true,
      summary: 'with success and fail: metadata; can be repeated',
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    ['crontify ping user-sync success --meta records_processed=1523', 'a run without a duration'],
    ['./sync.sh 2>&1 | tee sync.log || crontify ping user-sync fail --log sync.log', 'in a script'],
  ],
}
