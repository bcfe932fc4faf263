import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jobId } from './job-id.ts'
import { definitionsText } from '../config/definitions-text.ts'
import { crontabDiff } from './crontab-diff.ts'
import { jobDefinition } from './job-definition.ts'
import { userColumnOf } from './user-column.ts'
import { wrapCrontab } from './wrap-crontab.ts'

const wrap = (text: string, hasUsers = false) =>
  wrapCrontab(text, { hasUsers, program: 'crontify', timezone: 'Europe/Berlin' })

it.each([
  ['0 2 * * * /usr/local/bin/backup.sh', '0 2 * * * crontify exec backup -- /usr/local/bin/backup.sh'],
  ['0 2 * * *\t/bin/job  --all', '0 2 * * *\tcrontify exec job -- /bin/job  --all'],
  ['@daily /bin/job', '@daily crontify exec job -- /bin/job'],
  ['@reboot /bin/job', '@reboot crontify exec job -- /bin/job'],
  ['*/5 1-3,7 * jan mon-fri /bin/job', '*/5 1-3,7 * jan mon-fri crontify exec job -- /bin/job'],
  [
    '0 2 * * * /bin/job >> /var/log/job.log 2>&1',
    '0 2 * * * crontify exec job -- /bin/job >> /var/log/job.log 2>&1',
  ],
  [
    '0 2 * * * /bin/job "$HOME/a b" > /dev/null',
    '0 2 * * * crontify exec job -- /bin/job "$HOME/a b" > /dev/null',
  ],
  ['0 2 * * * cd /srv && ./sync.py', "0 2 * * * crontify exec sync -- /bin/sh -c 'cd /srv && ./sync.py'"],
  ['0 2 * * * exit 3', "0 2 * * * crontify exec exit -- /bin/sh -c 'exit 3'"],
  ['0 2 * * * command echo c', "0 2 * * * crontify exec command -- /bin/sh -c 'command echo c'"],
  ['0 2 * * * : nothing', "0 2 * * * crontify exec job -- /bin/sh -c ': nothing'"],
  ['0 2 * * * echo "a\\tb"', `0 2 * * * crontify exec echo -- /bin/sh -c 'echo "a\\tb"'`],
  [
    '0 2 * * * echo a > /dev/stderr 2>&1',
    "0 2 * * * crontify exec echo -- /bin/sh -c 'echo a' > /dev/stderr 2>&1",
  ],
  ['0 2 * * * a; echo b > f', "0 2 * * * crontify exec a -- /bin/sh -c 'a; echo b > f'"],
  ['0 2 * * * /bin/job\r', '0 2 * * * crontify exec job -- /bin/job\r'],
  ['0 2 * * * a | b\r', "0 2 * * * crontify exec a -- /bin/sh -c 'a | b'\r"],
  ['\t0\t2  * * *\t/bin/job\t', '\t0\t2  * * *\tcrontify exec job -- /bin/job\t'],
  ['0 2 * * * A=1 /bin/job', "0 2 * * * crontify exec job -- /bin/sh -c 'A=1 /bin/job'"],
  [
    `0 2 * * * echo 'x' | /bin/mail`,
    `0 2 * * * crontify exec echo -- /bin/sh -c 'echo '\\''x'\\'' | /bin/mail'`,
  ],
  [
    '0 2 * * * /bin/mail ops%line one%line two',
    '0 2 * * * crontify exec mail -- /bin/mail ops%line one%line two',
  ],
  ['0 2 * * * /bin/job $(date +\\%F)', "0 2 * * * crontify exec job -- /bin/sh -c '/bin/job $(date +\\%F)'"],
])('wraps %j', (line, expected) => {
  expect(wrap(line).text).toBe(expected)
})

it('leaves the user of a system crontab where it is', () => {
  expect(wrap('0 2 * * * root /bin/job', true).text).toBe('0 2 * * * root crontify exec job -- /bin/job')
})

it.each([
  '',
  '# 0 2 * * * /bin/job',
  'MAILTO=ops@example.com',
  'PATH = /usr/bin:/bin',
  '   ',
  'no crontab line',
  '0 2 * * *',
])('leaves %j as it is', (line) => {
  expect(wrap(line)).toEqual({ text: line, jobs: [] })
})

it('wraps nothing twice', () => {
  const text = '0 2 * * * /bin/a\n0 3 * * * /bin/b | /bin/c\n'

  const once = wrap(text).text

  expect(wrap(once).text).toBe(once)
  expect(wrap(once).jobs.map(({ id, isMonitored }) => [id, isMonitored])).toEqual([
    ['a', true],
    ['b', true],
  ])
})

it('gives each job an id of its own, also beside those that are there', () => {
  const text = '0 1 * * * crontify exec job -- /bin/other\n0 2 * * * /bin/job a\n0 3 * * * /bin/job b'

  expect(wrap(text).jobs.map(({ id }) => id)).toEqual(['job', 'job-2', 'job-3'])
})

it('reads time zone and shell from where they are set', () => {
  const text = 'CRON_TZ=America/New_York\nSHELL="/bin/bash"\n0 2 * * * a && b'

  const { text: wrapped, jobs } = wrap(text)

  expect(wrapped).toContain("-- /bin/bash -c 'a && b'")
  expect(jobs).toMatchObject([{ line: 3, id: 'a', schedule: '0 2 * * *', timezone: 'America/New_York' }])
})

it('writes the definitions', () => {
  expect(definitionsText(wrap('0  2 * * * /bin/a\n@reboot /bin/b').jobs.map(jobDefinition)))
    .toBe(`import { defineMonitor } from '@crontify/sdk'

export const monitors = [
  defineMonitor({ id: 'a', schedule: '0 2 * * *', scheduleDialect: 'vixie', timezone: 'Europe/Berlin' }),
  defineMonitor({ id: 'b' }),
]
`)
})

it.each([
  ['/usr/local/bin/nightly_backup.sh --all', 'nightly-backup'],
  ['/usr/bin/python3 /srv/app/sync_users.py', 'sync-users'],
  ['/usr/bin/env node report.mjs', 'report'],
  ['cd /srv/app && /usr/bin/php artisan schedule:run', 'artisan'],
  ['FOO=bar /bin/job', 'job'],
  ['"/opt/My Job/run"', 'my'],
  ['***', 'job'],
])('calls %j %j', (command, id) => {
  expect(jobId(command)).toBe(id)
})

it('changes nothing but job lines, whatever stands in a crontab', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('# comment', 'A=b', '0 2 * * * /bin/job', '@daily x | y', '\t', '* * * * * a%b'),
  )
  fc.assert(
    fc.property(fc.array(line, { size: 'max', maxLength: 30 }), (lines) => {
      const text = lines.join('\n')
      const { text: wrapped, jobs } = wrap(text)
      const before = text.split('\n')
      const after = wrapped.split('\n')

      expect(after).toHaveLength(before.length)
      expect(after.filter((one, index) => one !== before[index])).toHaveLength(jobs.length)
      expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length)
      for (const { id } of jobs) expect(id).toMatch(/^[A-Za-z0-9_-]{1,128}$/)
    }),
  )
})

it('shows only the lines that change, with their neighbors, as diff does', () => {
  const before = 'a\nb\nc\nd\ne\nf\n1\n2\ng'

  expect(crontabDiff('tab', before, before)).toBe('')
  expect(crontabDiff('tab', before, before.replace('1\n2', 'x\ny'))).toBe(
    '--- tab\n+++ tab with crontify\n@@ -4,6 +4,6 @@\n d\n e\n f\n-1\n-2\n+x\n+y\n g\n',
  )
})

const users: ReadonlySet<string> = new Set(['root', 'www-data', 'node'])

it.each([
  ['/etc/crontab', '17 * * * * root cd / && run-parts /etc/cron.hourly', 'yes'],
  ['/etc/cron.d/php', '9 * * * * www-data /usr/lib/php/sessionclean', 'yes'],
  ['/srv/etc/cron.d/app', '9 * * * * app-user /srv/app', 'yes'],
  ['/etc/cron.d/new', '# nothing yet', 'yes'],
  ['/etc/cron.d/wrong', '9 * * * * /usr/bin/job', 'unclear'],
  ['/srv/crontab', '9 * * * * root /usr/bin/job', 'yes'],
  ['/srv/crontab', '9 * * * * /usr/bin/job', 'no'],
  ['/srv/crontab', '9 * * * * root /usr/bin/job\n9 * * * * /usr/bin/job', 'unclear'],
  ['/srv/crontab', '9 * * * * node job.js', 'unclear'],
  ['/srv/crontab', '9 * * * * node job.js\n9 * * * * /usr/bin/job', 'no'],
  ['/var/spool/cron/crontabs/node', '9 * * * * node job.js', 'no'],
  ['/var/spool/cron/root', '9 * * * * root /usr/bin/job', 'unclear'],
  [undefined, '9 * * * * root /usr/bin/job', 'yes'],
  [undefined, '9 * * * * backup.sh --all', 'no'],
  [undefined, '', 'no'],
] as const)('finds out whether %s with %j has a user column: %s', (path, text, expected) => {
  expect(userColumnOf(text.replaceAll('\\n', '\n'), { path, users })).toBe(expected)
})
