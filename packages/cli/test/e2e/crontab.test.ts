import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BIN, crontify, LAUNCHER, runCrontify, start } from './crontify-process.ts'

function crontabWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-crontab-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'jobs'), text, { mode: 0o640 })
  return join(folder, 'jobs')
}

const LINE = '# nightly\n0 2 * * * /bin/job\n'

it('shows the crontab and the definitions, and writes nothing', async () => {
  const file = crontabWith(LINE)

  const ended = await runCrontify(['crontab', file], {})

  expect(ended.code).toBe(0)
  expect(String(ended.stdout)).toContain('-0 2 * * * /bin/job\n+0 2 * * * crontify exec job -- /bin/job\n')
  expect(String(ended.stdout)).toContain("defineMonitor({ id: 'job', schedule: '0 2 * * *'")
  expect(readFileSync(file, 'utf8')).toBe(LINE)
})

it('writes when told to, keeps the old file, and does not overwrite a backup', async () => {
  const file = crontabWith(LINE)

  expect((await runCrontify(['crontab', file, '--write', '--program', '/opt/crontify'], {})).code).toBe(0)
  const again = await runCrontify(['crontab', file, '--write'], {})
  writeFileSync(file, LINE)
  const third = await runCrontify(['crontab', file, '--write'], {})

  expect(readFileSync(`${file}.before-crontify`, 'utf8')).toBe(LINE)
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect([again.code, again.stderr]).toEqual([0, ''])
  expect(String(again.stdout)).toBe('Nothing to change: all jobs are monitored\n')
  expect(third.code).toBe(2)
  expect(third.stderr).toContain('exists already')
  expect(readFileSync(file, 'utf8')).toBe(LINE)
})

it('recognizes a user column, and refuses where it is unclear', async () => {
  const system = crontabWith('17 * * * * root cd / && run-parts /etc/cron.hourly\n')
  const unclear = crontabWith('17 * * * * root /bin/a\n18 * * * * /bin/b\n')

  expect((await runCrontify(['crontab', system, '--write'], {})).code).toBe(0)
  const refused = await runCrontify(['crontab', unclear, '--write'], {})

  expect(readFileSync(system, 'utf8')).toMatch(/^17 \* \* \* \* root crontify exec run-parts -- /)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('Add --system if a user stands before each command')
  expect(readFileSync(unclear, 'utf8')).not.toContain('crontify')
  expect((await runCrontify(['crontab', unclear, '--user', '--only', 'crontab'], {})).code).toBe(0)
})

it('calls itself by the path it was called by, so that cron finds it', async () => {
  const file = crontabWith(LINE)
  const link = join(file, '..', 'crontify')
  symlinkSync(LAUNCHER, link)

  const { stdout } = await start(link, ['crontab', file, '--only', 'crontab']).ended

  expect(String(stdout)).toBe(`# nightly\n0 2 * * * ${link} exec job -- /bin/job\n`)
})

it('is a filter for crontab -', async () => {
  const { child, ended } = crontify(['crontab', '-', '--only', 'crontab'], {})
  child.stdin?.end(LINE)

  expect(String((await ended).stdout)).toBe('# nightly\n0 2 * * * crontify exec job -- /bin/job\n')
})

it.each([
  `printf '%s|' "a b" 'c  d'`,
  `cd / && pwd`,
  `A=1 sh -c 'echo $A'; exit 3`,
  `echo one | tr a-z A-Z >&2`,
  `(echo in; false) || echo "it's out"`,
  `test -d /no-such && echo yes`,
  `no-such-command`,
  `echo to a file > "$TMPDIR/x"; cat "$TMPDIR/x"`,
])('does the same as before: %s', async (command) => {
  const file = crontabWith(`0 2 * * * ${command.replaceAll('%', '\\%')}\n`)
  const env = { CRONTIFY_DISABLED: '1', TMPDIR: join(file, '..') }
  const program = `${process.execPath} ${BIN}`
  const shown = await runCrontify(['crontab', file, '--only', 'crontab', '--program', program], {})
  // What cron does before it calls the shell.
  const wrapped = String(shown.stdout).trimEnd().replace('0 2 * * * ', '').replaceAll('\\%', '%')

  const before = await start('/bin/sh', ['-c', command], env).ended
  const after = await start('/bin/sh', ['-c', wrapped], env).ended

  expect(wrapped).toContain(`${program} exec `)
  expect([after.code, String(after.stdout)]).toEqual([before.code, String(before.stdout)])
})

it.each([
  [['crontab'], 'FILE must be one crontab'],
  [['crontab', '/no/such/file'], 'cannot be read (ENOENT)'],
  [['crontab', '-', '--write'], '--write needs a file'],
  [['crontab', '-', '--only', 'half'], 'must be one of crontab, definitions, diff'],
])('ends %j with 2', async (words, text) => {
  const ended = await runCrontify(words, {})

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain(text)
})
