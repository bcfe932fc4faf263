import type { OptionSpec } from '../command-line/command-spec.ts'

/** Options of all commands that send pings. */
export const CLIENT_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'api-key-file',
    value: 'FILE',
    summary: 'a file with the API key (default: CRONTIFY_API_KEY_FILE, else the key in CRONTIFY_API_KEY)',
  },
  {
    name: 'base-url',
    value: 'URL',
    summary: 'another Crontify (default: CRONTIFY_BASE_URL, else https://api.crontify.com)',
  },
  {
    name: 'spool-directory',
    value: 'DIRECTORY',
    summary: 'keep pings that could not be sent, and report jobs that died with this program',
  },
  { name: 'quiet', summary: 'print no warnings' },
]
