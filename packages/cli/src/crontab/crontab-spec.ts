import type { CommandSpec } from '../command-line/command-spec.ts'

/** `crontify crontab`: its options and its help. */
export const CRONTAB_SPEC: CommandSpec = {
  name: 'crontab',
  synopsis: 'FILE [options]',
  summary: 'shows how to monitor the jobs of a crontab, or changes it',
  about: `Puts crontify exec before each command, and prints a diff and the definitions of the monitors. Writes nothing without --write. Monitored jobs, comments and variables stay byte for byte. Monitor ids are made from the commands: rename them before you create the monitors. FILE can be - for standard input.`,
  options: [
    { name: 'system', summary: 'a user stands before each command, as in /etc/crontab and /etc/cron.d' },
    { name: 'user', summary: 'no user stands before the commands, as in crontab -l' },
    { name: 'only', value: 'PART', summary: 'print crontab, definitions or diff, and nothing else' },
    {
      name: 'program',
      value: 'PATH',
      summary: 'how cron calls crontify (default: the absolute path by which it was called now)',
    },
    { name: 'write', summary: 'change the file, and keep the previous version as FILE.before-crontify' },
  ],
  examples: [
    ['crontab -l | crontify crontab -', 'shows what would change'],
    ['crontab -l | crontify crontab - --only crontab | crontab -', 'changes your crontab'],
    ['sudo crontify crontab /etc/cron.d/backup --write', 'changes a file'],
  ],
}
