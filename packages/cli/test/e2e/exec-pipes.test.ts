import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BIN, start } from './crontify-process.ts'

const KEY = 'ck_live_pipe_tests'
let server: MockServer
let folder: string

beforeEach(async () => {
  server = await createMockServer({ monitors: [{ id: 'm' }], apiKeys: [KEY], rateLimitPerMinute: Infinity })
  folder = mkdtempSync(join(tmpdir(), 'crontify-pipes-test-'))
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a line of bash, in which EXEC stands for `crontify exec m --`, with real pipes and files between its programs. */
function bash(line: string, more: Readonly<Record<string, string>> = {}) {
  const exec = `${process.execPath} ${BIN} exec m`
  const text = line.replaceAll('EXEC', `${exec} --`).replaceAll('INHERIT', `${exec} --no-capture --`)
  return start('bash', ['-c', text], {
    CRONTIFY_API_KEY: KEY,
    CRONTIFY_BASE_URL: server.url,
    TMPDIR: folder,
    ...more,
  }).ended
}

it.each([
  ['sh', `sh -ec 'echo a > /dev/stdout; echo b > /dev/stderr; echo c > /proc/self/fd/2; echo d'`],
  ['bash', `bash -ec 'echo a > /dev/stdout; echo b > /dev/stderr; exec 3>/dev/fd/1; echo c >&3'`],
  ['dash', `dash -ec 'echo a > /dev/stdout; echo b > /dev/stderr'`],
  ['tee', `sh -ec 'echo a | tee /dev/stderr; echo b | tee /dev/stdout'`],
  ['dd', `sh -ec 'echo a | dd of=/dev/stdout status=none; echo b | dd of=/dev/stderr status=none'`],
  ['curl', `sh -ec 'curl -fsS -o /dev/stdout file:///etc/hostname'`],
  ['Python', `python3 -c 'open("/dev/stdout", "w").write("a\\n"); open("/dev/stderr", "w").write("b\\n")'`],
  ['no final newline', `printf 'a\\nb'`],
  ['a failure', `sh -c 'echo a > /dev/stderr; exit 5'`],
])('lets a job open its output by name: %s', async (_, job) => {
  const program = (how: string): string => `{ ${how} ${job}; echo "code $?" >&2; } 2> >(sort > "$OUT") | cat`
  const outcome = async (how: string) => {
    const file = join(folder, 'stderr')
    const { stdout } = await bash(`${program(how)}; wait $!; sleep 0.1`, { OUT: file })
    return [String(stdout), readFileSync(file, 'utf8')]
  }

  const bare = await outcome('')

  expect(bare[1]).toMatch(/code [05]/)
  expect(await outcome('EXEC')).toEqual(bare)
  expect(await outcome('INHERIT')).toEqual(bare)
})

it('gives the job a pipe, and its own descriptors where it captures nothing', async () => {
  const kinds = `sh -c 'stat -Lc %F /proc/self/fd/1 /proc/self/fd/2'`
  const file = join(folder, 'out')

  expect(String((await bash(`EXEC ${kinds} | cat`)).stdout)).toBe('fifo\nfifo\n')
  await bash(`INHERIT ${kinds} > ${file} 2>&1`)
  expect(readFileSync(file, 'utf8')).toBe('regular empty file\nregular empty file\n')
  for (const value of ['1', 'TRUE', 'yes', 'on']) {
    await bash(`EXEC ${kinds} > ${file} 2>&1`, { CRONTIFY_DISABLED: value })
    expect(readFileSync(file, 'utf8')).toBe('regular empty file\nregular empty file\n')
  }
})

it('keeps the order of both streams where both go to one file', async () => {
  const job = `sh -c 'for i in 1 2 3 4 5 6 7 8 9; do echo "out $i"; echo "err $i" >&2; done; exit 1'`
  const file = join(folder, 'out')

  const bare = String((await bash(`${job} 2>&1`)).stdout)
  await bash(`EXEC ${job} > ${file} 2>&1`)

  expect(readFileSync(file, 'utf8')).toBe(bare)
  expect(server.runs('m')).toMatchObject([{ errorMessage: 'sh exited with code 1: err 9' }])
})

it('ends with 141 when its reader has gone, as the job does', async () => {
  const { stdout } = await bash('EXEC yes | head -1; echo "${PIPESTATUS[0]}"')

  expect(String(stdout)).toBe('y\n141\n')
  expect(server.runs('m')).toMatchObject([{ status: 'failed', errorMessage: 'yes was killed by SIGPIPE: y' }])
})

it('ends before something that the job leaves running, whose output still arrives', async () => {
  const job = `sh -c '{ read line; echo "late $line"; } < "$FIFO" & echo early'`
  const line = `mkfifo "$FIFO"; { EXEC ${job}; echo "code $?" >&2; echo go > "$FIFO"; } | cat`

  const { stdout, stderr } = await bash(line, { FIFO: join(folder, 'fifo') })

  expect(stderr).toBe('code 0\n')
  expect(String(stdout)).toBe('early\nlate go\n')
})

it('passes 1 GB on in flat memory', async () => {
  const job = `sh -c 'head -c 1000000000 /dev/zero; grep VmHWM /proc/$PPID/status >&2'`

  const { stdout, stderr } = await bash(`EXEC ${job} | wc -c`)

  expect(String(stdout).trim()).toBe('1000000000')
  expect(Number(/VmHWM:\s+(\d+) kB/.exec(stderr)?.[1])).toBeLessThan(150_000)
})

it('runs a job whose standard output is closed', async () => {
  const { stdout } = await bash(`EXEC sh -c 'echo lost; exit 3' >&-; echo "$?"`)

  expect(String(stdout)).toBe('3\n')
})

it('uses sockets where the machine has no mkfifo, and loses nothing', async () => {
  const job = `/bin/sh -c 'echo out; echo err >&2; exit 3'`

  const { stdout, stderr } = await bash(`EXEC ${job} | /bin/cat; /bin/echo "\${PIPESTATUS[0]}"`, {
    TMPDIR: '/nonexistent',
  })

  expect([String(stdout), stderr]).toEqual(['out\n3\n', 'err\n'])
})

it.each([
  ['a FIFO', 'mkfifo "$CRONTIFY_META_FILE"', 'it must be a regular file'],
  ['a directory', 'mkdir "$CRONTIFY_META_FILE"', 'it must be a regular file'],
  ['a link to a device', 'ln -s /dev/zero "$CRONTIFY_META_FILE"', 'it must be a regular file'],
  ['a link to a file', 'ln -s /etc/passwd "$CRONTIFY_META_FILE"', 'it must be a regular file'],
  ['a large file', 'head -c 65537 /dev/zero > "$CRONTIFY_META_FILE"', 'at most 64 kB, got 65537 bytes'],
])('does not read %s as metadata', async (_, make, problem) => {
  const { stdout, stderr } = await bash(`EXEC sh -c 'rm "$CRONTIFY_META_FILE"; ${make}; exit 3'; echo "$?"`)

  expect(String(stdout)).toBe('3\n')
  expect(stderr).toContain(`[crontify] $CRONTIFY_META_FILE was not read: `)
  expect(stderr).toContain(problem)
  expect(server.runs('m')).toMatchObject([{ meta: { exit_code: 3 } }])
})

it.each([
  ['read whole', 65_536, { a: 1 }],
  ['not read', 65_537, {}],
])('a metadata file of the limit is %s', async (_, bytes, expected) => {
  await bash(
    `EXEC sh -c '{ echo a=1; head -c ${bytes - 4} /dev/zero | tr "\\\\0" "\\\\n"; } > "$CRONTIFY_META_FILE"'`,
  )

  const { exit_code: _code, duration_ms: _duration, ...rest } = server.runs('m')[0]?.meta ?? {}
  expect(rest).toEqual(expected)
})
