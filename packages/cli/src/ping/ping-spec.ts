import { CLIENT_OPTIONS } from '../client/client-spec.ts'
import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify ping`, to its reader and to its help. */
export const PING_SPEC: CommandSpec = {
  name: 'ping',
  synopsis: 'MONITOR start|success|fail [options]',
  summary: 'sends one ping, for jobs that tell of themselves',
  about: `Waits for the answer, and ends with 1 if the ping did not arrive. Where a command can be run by crontify exec,
that is the better way: it cannot forget the end, and it tells overlapping runs apart.`,
  options: [
    { name: 'message', value: 'TEXT', summary: 'with fail: what went wrong, at most 500 characters' },
    {
      name: 'log',
      value: 'FILE',
      summary: 'with fail: a file whose text goes with it, - for standard input',
    },
    {
      name: 'meta',
      value: 'KEY=NUMBER',
      repeatable: true,
      summary: 'with success and fail: metadata; may be repeated',
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    ['crontify ping user-sync success --meta records_processed=1523', 'a run without a duration'],
    [
      './sync.sh 2>&1 | tee sync.log || crontify ping user-sync fail --log sync.log',
      'what a script does by hand',
    ],
  ],
}
