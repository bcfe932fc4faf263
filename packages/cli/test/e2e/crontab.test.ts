import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BIN, crontify, runCrontify, start } from './crontify-process.ts'

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
  expect(String(ended.stdout)).toContain('# nightly\n0 2 * * * crontify exec job -- /bin/job\n')
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
  expect(third.code).toBe(2)
  expect(third.stderr).toContain('is there already')
  expect(readFileSync(file, 'utf8')).toBe(LINE)
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
  [['crontab'], 'Name one file'],
  [['crontab', '/no/such/file'], 'cannot be read (ENOENT)'],
  [['crontab', '-', '--write'], '--write needs a file'],
  [['crontab', '-', '--only', 'half'], 'crontab or definitions'],
])('ends %j with 2', async (words, text) => {
  const ended = await runCrontify(words, {})

  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain(text)
})
