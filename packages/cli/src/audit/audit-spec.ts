import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify audit`: its options and its help. */
export const AUDIT_SPEC: CommandSpec = {
  name: 'audit',
  synopsis: '[options]',
  summary: 'checks the definitions for what a job needs in production',
  about: `Reads crontify.config.ts (or .js, .mjs, .json). What a job needs depends on its tier: 1 data and money, 2 users see it, 3 maintenance, 4 best effort. Exits with 1 if something is missing, so it can stop a deployment; advice does not count. With a journal of the local Crontify it also checks how the jobs really behave.`,
  options: [
    {
      name: 'config',
      value: 'FILE',
      summary: 'the configuration (default: crontify.config.* in this directory)',
    },
    {
      name: 'journal',
      value: 'FILE',
      summary: 'JSON of /__control/journal or server.journal()',
    },
    {
      name: 'tested',
      value: 'CHANNEL',
      repeatable: true,
      summary: 'a test alert arrived on this channel; can be repeated',
    },
    { name: 'discover', summary: 'also report scheduled jobs without a monitor as missing' },
    {
      name: 'directory',
      value: 'DIRECTORY',
      repeatable: true,
      summary: 'with --discover: where to look, / for this machine (default: the current directory)',
    },
    {
      name: 'ignore',
      value: 'TEXT',
      repeatable: true,
      summary: 'with --discover: leave out jobs whose file or id contains TEXT',
    },
    { name: 'json', summary: 'print JSON' },
  ],
  examples: [
    ['crontify audit', 'what is missing, why it matters, and the fix'],
    ['crontify audit --json | jq -r ".findings[].what"', 'for other programs'],
    ['crontify audit --tested on-call && ./deploy.sh', 'as a gate'],
  ],
}
