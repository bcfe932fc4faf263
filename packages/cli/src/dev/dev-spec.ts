import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify dev`: its options and its help. */
export const DEV_SPEC: CommandSpec = {
  name: 'dev',
  synopsis: '[options]',
  summary: 'runs a local Crontify: accepts pings, and shows which alerts follow',
  about: `Runs a mock server with a dashboard. Reads crontify.config.ts (or .js, .mjs, .json) in this directory, and again whenever it changes. With --clock virtual, time moves on request: at a terminal by the keys m, h and d for a minute, an hour and a day, otherwise by lines such as 26h on standard input, whose end ends the server.`,
  options: [
    {
      name: 'config',
      value: 'FILE',
      summary: 'the configuration (default: crontify.config.* in this directory)',
    },
    { name: 'port', value: 'NUMBER', summary: 'port on this machine, 0 for a free one (default: 4747)' },
    { name: 'clock', value: 'KIND', summary: 'system (default) or virtual' },
    {
      name: 'start-at',
      value: 'INSTANT',
      summary: 'start of a virtual clock, such as 2026-03-28T00:00:00Z',
    },
    {
      name: 'api-key',
      value: 'KEY',
      summary: 'the API key to accept (default: ck_live_local)',
    },
    { name: 'data-file', value: 'FILE', summary: 'keep the state between starts' },
    { name: 'deliver', summary: 'really post alerts to Slack, Discord and webhook channels' },
    { name: 'json', summary: 'print events as JSON, one object a line' },
  ],
  examples: [
    [
      'crontify dev',
      'then, elsewhere: crontify exec nightly-backup --base-url http://127.0.0.1:4747 -- ./backup.sh',
    ],
    ['crontify dev --clock virtual', 'press d to see the alert of a missed night'],
    ["printf '26h\\nquit\\n' | crontify dev --clock virtual", 'the same in a script'],
  ],
}
