import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BIN, start } from './crontify-process.ts'

const KEY = 'ck_live_terminal_tests'
let server: MockServer

beforeEach(async () => {
  server = await createMockServer({ monitors: [{ id: 'm' }], apiKeys: [KEY] })
})

afterEach(() => server.close())

/**
 * Runs the program on a pseudo-terminal, which `script` has on Linux and macOS alike. The shell that
 * Linux's asks for makes room for the program: Ctrl-C would end it, and its end would be the one we see.
 */
function atTerminal(options: readonly string[], job: string) {
  const words = [process.execPath, BIN, 'exec', 'm', ...options, '--', 'sh', '-c', job]
  const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const parameters =
    process.platform === 'darwin' ? ['-q', '/dev/null', ...words] : ['-qec', `exec ${line}`, '/dev/null']
  return start('script', parameters, { CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: server.url })
}

it('leaves the terminal to the command', async () => {
  const { child, ended } = atTerminal([], '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo terminal; exit 3')

  const { code, stdout } = await ended
  child.stdin?.end()

  expect(code).toBe(3)
  expect(String(stdout)).toContain('terminal')
  expect(server.runs('m')).toMatchObject([{ status: 'failed', errorMessage: 'sh exited with code 3' }])
})

it('keeps the output for the log at a terminal too, when told to', async () => {
  const { ended } = atTerminal(['--capture'], '[ -t 1 ] || echo pipe; exit 3')

  expect(String((await ended).stdout)).toContain('pipe')
  expect(server.runs('m')).toMatchObject([{ errorMessage: 'sh exited with code 3: pipe' }])
})

it('lets Ctrl-C reach the command once', async () => {
  const job = `n=0; trap 'n=$((n+1))' INT; echo up; i=0; while [ $i -lt 10 ]; do sleep 0.05; i=$((i+1)); done; exit $((40+n))`
  const { child, ended, hasSaid } = atTerminal([], job)
  await hasSaid('up')

  child.stdin?.write('\x03')

  expect((await ended).code).toBe(41)
  expect(server.runs('m')).toMatchObject([{ status: 'failed', meta: { exit_code: 41 } }])
})
