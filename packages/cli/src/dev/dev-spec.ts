import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify dev`, to its reader and to its help. */
export const DEV_SPEC: CommandSpec = {
  name: 'dev',
  synopsis: '[options]',
  summary: 'a local Crontify: takes pings, and shows which alerts follow',
  about: `Reads crontify.config.ts (or .js, .mjs, .json) in this directory, and again whenever it changes. With
--clock virtual time stands still until you move it: at a terminal by the keys m, h and d for a minute, an hour
and a day; otherwise by lines such as 26h on standard input.`,
  options: [
    {
      name: 'config',
      value: 'FILE',
      summary: 'the configuration (default: crontify.config.* in this directory)',
    },
    { name: 'port', value: 'NUMBER', summary: 'TCP port on this machine, 0 for a free one (default 4747)' },
    { name: 'clock', value: 'KIND', summary: 'system (default), or virtual' },
    {
      name: 'start-at',
      value: 'INSTANT',
      summary: 'where a virtual clock starts, such as 2026-03-28T00:00:00Z',
    },
    {
      name: 'api-key',
      value: 'KEY',
      summary: 'the key that is let in (default ck_live_local); no key of the service',
    },
    { name: 'data-file', value: 'FILE', summary: 'keeps what happened between starts' },
    { name: 'deliver', summary: 'really posts alerts to Slack, Discord and webhook channels' },
  ],
  examples: [
    [
      'crontify dev',
      'then, elsewhere: crontify exec nightly-backup --base-url http://127.0.0.1:4747 -- ./backup.sh',
    ],
    ['crontify dev --clock virtual', 'press d to see what a missed night says'],
    ["printf '26h\\nquit\\n' | crontify dev --clock virtual", 'the same in a script'],
  ],
}
