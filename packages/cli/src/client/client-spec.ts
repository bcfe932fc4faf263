import type { OptionSpec } from '../command-line/command-spec.ts'

/** Options of every command that sends pings. */
export const CLIENT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'api-key-file',
    value: 'FILE',
    summary: 'a file with the API key (default: the variable CRONTIFY_API_KEY)',
  },
  {
    name: 'base-url',
    value: 'URL',
    summary: 'where Crontify is (default: CRONTIFY_BASE_URL, else https://api.crontify.com)',
  },
  {
    name: 'spool-directory',
    value: 'DIRECTORY',
    summary: 'keeps ends that could not be sent, and reports jobs that died with this program',
  },
  { name: 'quiet', summary: 'no warnings of Crontify on standard error' },
]
