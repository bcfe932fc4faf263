import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { LAUNCHER, runCrontify } from './crontify-process.ts'

const CRON = '/usr/sbin/cron'
const BACKUP = fileURLToPath(new URL('../../../../examples/bash-backup/backup.sh', import.meta.url))
/** Cron looks once a minute; the second minute is for a machine that is busy. */
const PATIENCE_MS = 150_000

/** What cron runs, byte for byte, behind the schedule. */
const COMMANDS: readonly string[] = [
  String.raw`date "+\%Y" | tr -d '\n'; echo " \% done"`,
  String.raw`cat%first%second`,
  String.raw`echo it\'s "a 'quoted' word" '$HOME'`,
  String.raw`cd / && pwd >/dev/stdout`,
  String.raw`sh -c 'for i in 1 2 3; do echo "out $i"; echo "err $i" >&2; done; exit 4'`,
  String.raw`[ 1 -eq 1 ] && echo yes || echo no`,
  'exit 3',
  'echo "a\\tb" # a comment',
  '! false',
  'FOO=bar printenv FOO',
  'no-such-command',
  'echo tab\there  ',
  `printf 'no newline'`,
  'true',
  'kill -TERM $$',
  `sh -c 'env | grep -c ^HOME=; echo "$PATH"; id -un; ulimit -n; umask'`,
]

const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']

/** A cron of its own, which sees no job and no mail of this machine; what it reads and writes is in one directory. */
function createCron() {
  if (!existsSync(CRON)) throw new Error('This test needs Debian’s cron: apt-get install cron')
  const folder = mkdtempSync(join(tmpdir(), 'crontify-cron-test-'))
  const inFolder = (name: string): string => join(folder, name)
  for (const name of ['cron.d', 'sbin', 'mail', 'codes', 'spool']) mkdirSync(inFolder(name))
  chmodSync(folder, 0o755)
  for (const name of ['mail', 'codes']) chmodSync(inFolder(name), 0o777)
  writeFileSync(inFolder('crontab'), '')
  cpSync(CRON, inFolder('cron'))
  const script = (name: string, text: string): void => {
    writeFileSync(inFolder(name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  }
  script('sbin/sendmail', `cat > ${folder}/mail/$$.part && mv ${folder}/mail/$$.part ${folder}/mail/$$.mail`)
  // Records how each line ended; inside exec it is an ordinary shell.
  script(
    'shell',
    `[ -n "$CRONTIFY_META_FILE" ] && exec /bin/sh "$@"
/bin/sh "$@"
code=$?
echo $code > ${folder}/codes/$LINE.part && mv ${folder}/codes/$LINE.part ${folder}/codes/$LINE.code
exit $code`,
  )
  symlinkSync(process.execPath, inFolder('node'))
  symlinkSync(LAUNCHER, inFolder('crontify'))
  const start = (): void => {
    const inside = `set -e
cd ${folder}
chown -R root:root cron.d crontab
mount --bind crontab /etc/crontab
mount --bind cron.d /etc/cron.d
mount --bind spool /var/spool/cron/crontabs
mount --bind sbin /usr/sbin
mount -t tmpfs none /run
exec timeout -k 5 ${PATIENCE_MS / 1_000} ./cron -f`
    const [command = 'unshare', ...args] = [...asRoot, 'unshare', '-m', 'sh', '-c', inside]
    const cron = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    onTestFinished(async () => {
      const ended = new Promise((resolve) => cron.once('exit', resolve))
      cron.kill('SIGTERM')
      await ended
      execFileSync([...asRoot, 'rm'][0] ?? 'rm', [
        ...asRoot.slice(1),
        ...(asRoot.length > 0 ? ['rm'] : []),
        '-rf',
        folder,
      ])
    })
  }
  const codes = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(inFolder('codes'))
        .filter((name) => name.endsWith('.code'))
        .map((name) => [name.replace('.code', ''), readFileSync(inFolder(`codes/${name}`), 'utf8').trim()]),
    )
  const mails = (): Readonly<Record<string, { readonly failed: boolean; readonly body: string }>> =>
    Object.fromEntries(
      readdirSync(inFolder('mail'))
        .filter((name) => name.endsWith('.mail'))
        .map((name) => {
          const text = readFileSync(inFolder(`mail/${name}`), 'utf8')
          const [head = ''] = text.split('\n\n', 1)
          const line = /<LINE=([^>]+)>/.exec(head)?.[1] ?? ''
          return [line, { failed: /^Subject:.* \(failed\)$/m.test(head), body: text.slice(head.length + 2) }]
        }),
    )
  return { folder, inFolder, start, codes, mails }
}

it.runIf(process.platform === 'linux')(
  'runs each line under Debian’s cron as without crontify: same mail, same exit code; also a backup while Crontify is down',
  async () => {
    const cron = createCron()
    const server = await createMockServer({ monitors: [], rateLimitPerMinute: Infinity })
    onTestFinished(() => server.close())
    const env = `SHELL=${cron.folder}/shell\nMAILTO=root\nCRONTIFY_API_KEY=${server.apiKey}\n`
    const wrap = async (file: string): Promise<string> => {
      const args = ['crontab', file, '--only', 'crontab', '--program', join(cron.folder, 'crontify')]
      return String((await runCrontify(args, {})).stdout)
    }
    for (const [index, command] of COMMANDS.entries()) {
      const text = `${env}CRONTIFY_BASE_URL=${server.url}\nLINE=bare-${index}\n* * * * * root ${command}\n`
      writeFileSync(cron.inFolder(`cron.d/bare-${index}`), text)
      const wrapped = (await wrap(cron.inFolder(`cron.d/bare-${index}`))).replace('LINE=bare', 'LINE=wrapped')
      const id = /crontify exec ([\w-]+) --/.exec(wrapped)?.[1] ?? ''
      server.define({ id: `line-${index}` })
      writeFileSync(
        cron.inFolder(`cron.d/wrapped-${index}`),
        wrapped.replace(`exec ${id} --`, `exec line-${index} --quiet --`),
      )
    }
    mkdirSync(cron.inFolder('data'))
    writeFileSync(cron.inFolder('data/orders.csv'), 'a,b\n')
    const backup = `${env}CRONTIFY_BASE_URL=http://127.0.0.1:9\nLINE=backup\n* * * * * root ${cron.folder}/crontify exec nightly-backup --no-overlap --lock-directory ${cron.folder}/locks -- ${BACKUP} ${cron.folder}/data ${cron.folder}/archive >> ${cron.folder}/backup.log 2>&1\n`
    writeFileSync(cron.inFolder('cron.d/backup'), backup)

    cron.start()
    await expect
      .poll(() => Object.keys(cron.codes()).length, { timeout: PATIENCE_MS - 20_000, interval: 250 })
      .toBe(COMMANDS.length * 2 + 1)
    const wrote = Object.keys(cron.mails()).filter((line) => line.startsWith('bare-')).length
    await expect
      .poll(() => Object.keys(cron.mails()).length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(wrote * 2)

    const [codes, mails] = [cron.codes(), cron.mails()]
    const outcome = (which: string) =>
      COMMANDS.map((command, index) => ({
        command,
        code: codes[`${which}-${index}`],
        mail: mails[`${which}-${index}`]?.body,
        failed: mails[`${which}-${index}`]?.failed,
      }))
    expect(wrote).toBeGreaterThan(10)
    expect(
      outcome('wrapped').map(({ mail, ...rest }) => ({
        ...rest,
        mail: mail?.replace(
          'crontify: no-such-command: command not found',
          '/bin/sh: 1: no-such-command: not found',
        ),
      })),
    ).toEqual(outcome('bare'))
    expect(codes['backup']).toBe('0')
    expect(readdirSync(cron.inFolder('archive'))).toHaveLength(1)
    expect(readFileSync(cron.inFolder('backup.log'), 'utf8')).toContain('packing 1 files')
    for (const index of COMMANDS.keys()) {
      // An end that was answered too late on a busy machine is sent again, as a run of its own.
      const statuses = new Set(server.runs(`line-${index}`).map(({ status }) => status))
      expect([...statuses]).toEqual([codes[`bare-${index}`] === '0' ? 'success' : 'failed'])
    }
  },
  PATIENCE_MS,
)
