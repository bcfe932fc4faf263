import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify crontab`, to its reader and to its help. */
export const CRONTAB_SPEC: CommandSpec = {
  name: 'crontab',
  synopsis: 'FILE [options]',
  summary: 'shows a crontab with each job wrapped in crontify exec, and the definitions that go with it',
  about: `Writes nothing unless told to. Jobs that are wrapped already, comments and variables stay byte for byte. Monitor ids
are made from the commands: rename them before you create the monitors. - reads standard input.`,
  options: [
    { name: 'system', summary: 'a user stands before each command, as in /etc/crontab and /etc/cron.d' },
    { name: 'only', value: 'PART', summary: 'crontab or definitions: nothing but this, for a pipe' },
    {
      name: 'program',
      value: 'PATH',
      summary: 'how cron is to call crontify; a whole path is best (default crontify)',
    },
    { name: 'write', summary: 'replaces the file, and keeps the old one as FILE.before-crontify' },
  ],
  examples: [
    ['crontab -l | crontify crontab -', 'looks at what would change'],
    [
      'crontab -l | crontify crontab - --only crontab --program /usr/local/bin/crontify | crontab -',
      'changes it',
    ],
    ['crontify crontab /etc/cron.d/backup --system --write', 'changes a file, with a backup beside it'],
  ],
}
