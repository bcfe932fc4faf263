import { expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

/** Runs the command in a world of texts, stopping it once it has greeted. */
async function run(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  let printed = ''
  let complained = ''
  let stop = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const seen: { status?: number } = {}
  const code = await runCommand({
    words,
    readFile: async (path) => {
      const text = files[path]
      if (text === undefined) throw new Error(`ENOENT: no such file, open '${path}'`)
      return text
    },
    print: (text) => {
      printed += text
      void ping(text).then((status) => {
        if (status !== undefined) seen.status = status
        stop()
      })
    },
    printError: (text) => (complained += text),
    stopped,
  })
  return { code, printed, complained, status: seen.status }
}

/** Does what the greeting says. */
async function ping(greeting: string): Promise<number | undefined> {
  const [, key = '', url = ''] = /-H "X-API-Key: (\S+)" (\S+)/.exec(greeting) ?? []
  if (url === '') return undefined
  return (await fetch(url, { method: 'POST', headers: { 'X-API-Key': key } })).status
}

it('serves, and says how to ping it', async () => {
  const files = { 'monitors.json': '[{"id":"nightly-sync"}]' }

  const { code, printed, status } = await run(['--port', '0', '--monitors', 'monitors.json'], files)

  expect(printed).toMatch(/^A local Crontify listens at http:\/\/127\.0\.0\.1:\d+\n/)
  expect(printed).toContain('monitors       nightly-sync')
  expect(printed).toMatch(/control token {2}\S{43}/)
  expect([code, status]).toEqual([0, 200])
})

it('takes channels, a clock and a plan', async () => {
  const channels = [{ id: 'mail', kind: 'email', to: 'ops@example.com' }]
  const files = { 'all.json': JSON.stringify({ monitors: [{ id: 'a', channels: ['mail'] }], channels }) }

  const words = ['--port', '0', '--monitors', 'all.json', '--clock', 'virtual', '--plan', 'free']
  expect((await run([...words, '--start-at', '2026-03-28T00:00:00Z'], files)).code).toBe(0)
})

it('explains itself', async () => {
  const { code, printed } = await run(['--help'])
  expect([code, printed.split('\n')[0]]).toEqual([0, 'Usage: crontify-mock-server [options]'])
})

it.each([
  [['--prot', '1'], 2, "Unknown option '--prot'"],
  [['--port'], 2, "'--port <value>' argument missing"],
  [['--port', 'many'], 2, '"port" is not a whole number'],
  [['--port', ''], 2, '"port" is not a whole number'],
  [['--clock', 'sundial'], 2, '"clock" is'],
  [['--monitors', 'gone.json'], 1, 'ENOENT'],
  [['--monitors', 'broken.json'], 2, 'broken.json is not JSON'],
  [['--monitors', 'other.json'], 2, 'other.json is neither a list of monitors nor'],
  [['--monitors', 'wrong.json'], 2, 'monitor number 1: "id" must be'],
] as const)('ends %j with %d and says why', async (words, code, text) => {
  const files = { 'broken.json': '{', 'other.json': '{"jobs":[]}', 'wrong.json': '[{}]' }

  const ended = await run(words, files)

  expect(ended.code).toBe(code)
  expect(ended.complained).toContain(text)
  expect(ended.printed).toBe('')
})
