import type { OptionSpec } from '../command-line/command-spec.ts'

/** Where `crontify dev` listens if nothing else is said. */
export const DEFAULT_URL = 'http://127.0.0.1:4747'

/** Options of the commands that read a local Crontify. */
export const SNAPSHOT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'url',
    value: 'URL',
    summary: `a running crontify dev (default: CRONTIFY_BASE_URL if it is local, else ${DEFAULT_URL})`,
  },
  { name: 'data-file', value: 'FILE', summary: 'the data file of crontify dev, running or not' },
  {
    name: 'config',
    value: 'FILE',
    summary: 'with --data-file: the configuration (default: crontify.config.* in this directory)',
  },
  { name: 'json', summary: 'print JSON' },
]
