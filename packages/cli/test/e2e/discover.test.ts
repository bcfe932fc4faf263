import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writeServerTree } from '../support/server-tree.ts'
import { runCrontify } from './crontify-process.ts'

interface ListedJob {
  readonly source: string
  readonly file: string
  readonly line: number
  readonly id: string
  readonly written: string
  readonly schedule: Readonly<Record<string, unknown>>
  readonly covered: boolean
  readonly definition: { readonly id: string }
  readonly lines: readonly string[]
  readonly scheduleProblem?: string
}

function tree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-discover-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeServerTree(folder)
  return folder
}

async function discovered(folder: string, ...args: string[]) {
  const ended = await runCrontify(['discover', folder, '--json', ...args], {})
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(String(ended.stdout)) as {
    total: number
    uncovered: number
    jobs: readonly ListedJob[]
    problems: readonly { file: string; line?: number; message: string }[]
  }
}

it('finds all 30 jobs of a server and a repository, and nothing else', async () => {
  const folder = tree()

  const { jobs, total, uncovered } = await discovered(folder)

  const found = jobs.map(({ file, line, id, covered, schedule }) => [
    `${file.slice(folder.length + 1)}:${line}`,
    `${covered ? '' : 'no '}${id}`,
    Object.values(schedule).join(' | '),
  ])
  expect(found).toEqual([
    ['repo/.github/workflows/nightly.yml:5', 'no nightly', '0 3 * * * | UTC'],
    ['repo/.github/workflows/nightly.yml:6', 'no nightly-2', '30 4 * * 1 | Europe/Berlin'],
    ['repo/.github/workflows/stale.yaml:2', 'close-stale', '15 7 * * * | UTC'],
    ['repo/deploy/broken.yaml:9', 'no after-broken', '0 0 * * * | UTC'],
    ['repo/deploy/every.yaml:4', 'no every-ten', '600'],
    ['repo/deploy/jobs.yaml:13', 'no nightly-report', '0 5 * * * | Europe/Paris'],
    ['repo/deploy/jobs.yaml:33', 'sync-stock', '@hourly | UTC'],
    ['repo/deploy/list.yml:4', 'no cleanup', '30 1 * * 0 | UTC'],
    ['repo/deploy/list.yml:5', 'no rotate-keys', '0 0 1 * * | Asia/Tokyo'],
    ['repo/web/vercel.json:4', 'no digest', '0 9 * * * | UTC'],
    ['repo/web/vercel.json:5', 'expire', '*/10 * * * * | UTC'],
    ['repo/web/vercel.json:6', 'no ping', '0 0 * * 0 | UTC'],
    ['repo/worker/wrangler.toml:5', 'no mailer-30', '*/30 * * * * | UTC'],
    ['repo/worker/wrangler.toml:5', 'no mailer-0-17-1', '0 17 * * sun | UTC'],
    ['repo/worker/wrangler.toml:8', 'no mailer-staging', '0 1 * * mon-fri | UTC'],
    ['server/etc/cron.d/backup:3', 'no backup', '0 2 * * * | vixie | America/New_York'],
    ['server/etc/cron.d/backup:4', 'prune-backups', '30 3 * * sun | vixie | America/New_York'],
    ['server/etc/cron.d/php:1', 'no sessionclean', '09,39 * * * * | vixie | Europe/Berlin'],
    ['server/etc/crontab:7', 'no cron-hourly', '17 * * * * | vixie | Europe/Berlin'],
    ['server/etc/crontab:8', 'no cron-daily', '25 6 * * * | vixie | Europe/Berlin'],
    ['server/etc/crontab:9', 'no cron-weekly', '47 6 * * 7 | vixie | Europe/Berlin'],
    ['server/etc/crontab:11', 'no warm-cache', ''],
    ['server/etc/systemd/system/db-dump.timer:4', 'no db-dump', '30 1 * * * | Europe/Berlin | 1200'],
    ['server/etc/systemd/system/heartbeat.timer:3', 'no heartbeat', '90'],
    ['server/etc/systemd/system/reindex.timer:2', 'search-reindex', '0 22 * * 1-5 | UTC'],
    ['server/usr/lib/systemd/system/logrotate.timer:2', 'no logrotate', '0 0 * * * | Europe/Berlin | 3900'],
    ['server/usr/lib/systemd/system/quarter.timer:3', 'no quarter', '*/15 * * * * | Europe/Berlin'],
    ['server/var/spool/cron/crontabs/app:2', 'no sync-users', '*/5 * * * * | vixie | Europe/Berlin'],
    ['server/var/spool/cron/crontabs/app:3', 'no invoice', '15 4 1 * * | vixie | Europe/Berlin'],
    ['server/var/spool/cron/crontabs/app:4', 'weekday-report', '0 6 * * 1-5 | vixie | Europe/Berlin'],
  ])
  expect([total, uncovered]).toEqual([30, 24])
})

it('names file and line of what it cannot read, and goes on', async () => {
  const folder = tree()

  const { problems } = await discovered(folder)

  expect(problems.map(({ file, line }) => `${file.slice(folder.length + 1)}:${line ?? ''}`)).toEqual([
    'repo/bad/wrangler.toml:2',
    'repo/deploy/broken.yaml:3',
    'repo/old/vercel.json:3',
  ])
  for (const { message } of problems) expect(message).not.toBe('')
})

it('shows the lines that would monitor a job of each kind', async () => {
  const { jobs } = await discovered(tree(), '--ignore', 'nightly-2')

  const linesOf = (id: string) => jobs.find((job) => job.id === id)?.lines.join('\n')
  expect(linesOf('backup')).toBe(
    '0 2 * * * backup crontify exec backup -- /usr/local/bin/backup.sh --all >> /var/log/backup.log 2>&1',
  )
  expect(linesOf('db-dump')).toContain(
    '\nExecStart=crontify exec db-dump -- /usr/local/bin/db-dump --all  --compress',
  )
  expect(linesOf('nightly-report')).toContain('["crontify","exec","nightly-report","--","node","report.js"]')
  expect(linesOf('nightly')).toContain('run: npx --yes @crontify/cli ping nightly start')
  expect(linesOf('digest')).toContain("monitorHandler(crontify.monitor('digest'), handler)")
  expect(linesOf('mailer-30')).toContain("crontify.monitor('mailer-30').wrap(")
  expect(linesOf('nightly-2')).toBeUndefined()
})

it('writes definitions that audit accepts, and counts defined jobs as covered', async () => {
  const folder = tree()
  const config = join(folder, 'crontify.config.ts')

  const written = await runCrontify(['discover', folder, '--write', config], {})
  expect(written.stderr).toBe(`Wrote 24 definitions to ${config}\n`)
  expect(readFileSync(config, 'utf8')).toContain(
    "defineMonitor({ id: 'db-dump', schedule: '30 1 * * *', timezone: 'Europe/Berlin', graceSeconds: 1200 })",
  )
  expect((await discovered(folder, '--config', config)).uncovered).toBe(0)

  const again = await runCrontify(['discover', folder, '--write', config], {})
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already') as string])
})

it('fails an audit while a job has no monitor', async () => {
  const folder = tree()
  const config = join(folder, 'crontify.config.json')
  writeFileSync(config, '[{ "id": "backup", "tier": 4, "schedule": "0 2 * * *", "timezone": "UTC" }]')
  const audit = (...args: string[]) => runCrontify(['audit', '--config', config, '--discover', ...args], {})

  const failed = await audit('--directory', join(folder, 'server/etc/cron.d'))
  expect(failed.code).toBe(1)
  expect(String(failed.stdout)).toContain('sessionclean: a scheduled job has no monitor (crontab, ')
  expect(String(failed.stdout)).toContain('1 missing.')
  const passed = await audit('--directory', join(folder, 'server/etc/cron.d'), '--ignore', 'cron.d/php')
  expect(passed.code).toBe(0)
})

it('says for people what has no monitor, and where', async () => {
  const { stdout } = await runCrontify(['discover', tree()], {})

  expect(String(stdout)).toMatch(/^no monitor {2}nightly {2}GitHub Actions, .*nightly\.yml:5$/m)
  expect(String(stdout)).toContain('30 scheduled jobs, 24 without a monitor.\n')
})

it('does not find what does not exist', async () => {
  const ended = await runCrontify(['discover', '/no/such/folder'], {})

  expect([ended.code, ended.stderr]).toEqual([
    2,
    expect.stringContaining('/no/such/folder does not exist') as string,
  ])
})
