import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify discover`: its options and its help. */
export const DISCOVER_SPEC: CommandSpec = {
  name: 'discover',
  synopsis: '[DIRECTORY …] [options]',
  summary: 'finds scheduled jobs, and shows which have no monitor',
  about: `Looks for jobs in user and system crontabs, systemd timers, Kubernetes CronJobs, GitHub Actions workflows, vercel.json and wrangler.toml: on this machine and in the current directory, or in the directories that are named. Prints the definition and the lines that would monitor each job. A job counts as monitored if what it runs pings a monitor, if its code uses the client, or if a monitor with its name is defined in crontify.config.ts.`,
  options: [
    {
      name: 'config',
      value: 'FILE',
      summary: 'the configuration (default: crontify.config.* in this directory)',
    },
    {
      name: 'ignore',
      value: 'TEXT',
      repeatable: true,
      summary: 'leave out jobs whose file or id contains TEXT; can be repeated',
    },
    {
      name: 'write',
      value: 'FILE',
      summary: 'write the missing definitions to a new file, such as crontify.config.ts',
    },
    { name: 'json', summary: 'print JSON' },
  ],
  examples: [
    ['crontify discover', 'this machine and the current directory'],
    [
      'crontify discover . --write crontify.config.ts',
      'starts a configuration from what a repository defines',
    ],
    ['crontify discover --json | jq ".uncovered"', 'for other programs'],
  ],
}
