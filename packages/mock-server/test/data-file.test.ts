import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createMockServer, scenario, type MockServer, type MockServerOptions } from '@crontify/mock-server'
import { build } from 'esbuild'
import { expect, it, onTestFinished } from 'vitest'
import { accepted } from './server.ts'

const sync = { id: 'sync', schedule: '0 2 * * *', graceSeconds: 600 }

function dataPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-data-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'crontify.jsonl')
}

async function start(options: MockServerOptions): Promise<MockServer> {
  const server = await createMockServer({ clock: 'virtual', monitors: [sync], ...options })
  onTestFinished(() => server.close())
  return server
}

const pastOf = (server: MockServer): unknown => ({
  now: server.now(),
  monitors: server.monitors(),
  pings: server.pings(),
  alerts: server.alerts(),
  runs: server.monitors().map(({ id }) => server.runs(id)),
})

it('goes on where it ended', async () => {
  const dataFile = dataPath()
  const first = await start({ dataFile })
  await scenario(first).at('02:00').job('sync').fails('disk full', { log: 'at copy' }).play()
  first.define({ id: 'late', everySeconds: 60 })
  await scenario(first).job('late').starts().play()
  first.pause('late')
  await first.advance('1d')
  const { runId } = await accepted(first, 'sync', 'start')
  const past = pastOf(first)
  await first.close()

  const second = await start({ dataFile })

  expect(pastOf(second)).toEqual(past)
  const failed = second.runs('sync')[0]?.runId ?? ''
  const log = await second.fetch(`${second.url}/api/v1/monitors/sync/runs/${failed}/log`, {
    headers: { 'X-API-Key': second.apiKey },
  })
  expect(await log.text()).toContain('at copy')
  expect((await accepted(second, 'sync', 'success')).runId).toBe(runId)
  expect(second.alerts().at(-1)?.type).toBe('recovery')
})

it('is for one server at a time', async () => {
  const dataFile = dataPath()
  const first = await start({ dataFile })
  await accepted(first, 'sync', 'success')

  await expect(start({ dataFile })).rejects.toThrow(`process ${process.pid} is using it`)
  await accepted(first, 'sync', 'success')
  await first.close()

  expect((await start({ dataFile })).pings()).toHaveLength(2)
})

it('forgets what was reset or removed', async () => {
  const dataFile = dataPath()
  const first = await start({ dataFile, monitors: [sync, { id: 'gone' }] })
  await accepted(first, 'sync', 'fail')
  first.reset()
  await accepted(first, 'gone', 'start')
  first.remove('gone')
  await first.close()

  const second = await start({ dataFile })

  expect(second.monitors()).toMatchObject([{ id: 'sync', status: 'waiting' }])
  expect(second.alerts()).toEqual([])
})

it('lets what is asked for now go before what was defined then', async () => {
  const dataFile = dataPath()
  const first = await start({ dataFile })
  first.define({ ...sync, schedule: '0 3 * * *' })
  first.define({ id: 'added' })
  await first.close()

  const second = await start({ dataFile })

  expect(second.monitor('sync').definition).toMatchObject({ schedule: '0 2 * * *' })
  expect(second.monitors().map(({ id }) => id)).toEqual(['sync', 'added'])
})

it('has no API key and no token in its file', async () => {
  const dataFile = dataPath()
  const server = await start({ dataFile })
  await accepted(server, 'sync', 'fail', { errorMessage: 'x' })
  await server.close()

  const text = readFileSync(dataFile, 'utf8')
  expect(text).not.toContain(server.apiKey)
  expect(text).not.toContain(server.controlToken)
})

it('keeps a damaged file aside, says so, and takes what stands before the damage', async () => {
  const dataFile = dataPath()
  const first = await start({ dataFile })
  await accepted(first, 'sync', 'fail')
  await first.close()
  const damaged = `${readFileSync(dataFile, 'utf8')}garbage\n{"type":"reset"}\n`
  writeFileSync(dataFile, damaged)
  const warnings: string[] = []

  const second = await start({ dataFile, onWarning: (message) => warnings.push(message) })

  expect(second.alerts()).toHaveLength(1)
  expect(warnings).toEqual([expect.stringContaining(`was kept as ${dataFile}.damaged: line`)])
  expect(readFileSync(`${dataFile}.damaged`, 'utf8')).toBe(damaged)
  await second.close()
  const third = await start({ dataFile, onWarning: (message) => warnings.push(message) })
  expect(third.alerts()).toHaveLength(1)
  expect(warnings).toHaveLength(1)
})

it('does not touch a file when its options are wrong, nor one that is not its own', async () => {
  const dataFile = dataPath()
  writeFileSync(dataFile, 'my notes\n')

  await expect(start({ dataFile, port: -1 })).rejects.toThrow('"port"')
  await expect(start({ dataFile })).rejects.toThrow('it is not a data file of a mock server')
  await expect(start({ dataFile: join(dirname(dataFile), 'no/such/folder') })).rejects.toThrow('ENOENT')

  expect(readFileSync(dataFile, 'utf8')).toBe('my notes\n')
  expect(readdirSync(dirname(dataFile))).toEqual(['crontify.jsonl'])
})

it('has every ping that was answered before a SIGKILL', async () => {
  const dataFile = dataPath()
  const program = join(dirname(dataFile), 'program.mjs')
  await build({
    stdin: {
      contents: `import { createMockServer } from '@crontify/mock-server'
        const server = await createMockServer({
          monitors: [{ id: 'sync' }], apiKeys: ['k'], rateLimitPerMinute: Infinity, dataFile: ${JSON.stringify(dataFile)},
          keepProcessAlive: true,
        })
        console.log(server.url)`,
      resolveDir: import.meta.dirname,
    },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@crontify/source'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [url] = (await once(child.stdout, 'data')) as [Buffer]
  const answered: number[] = []
  const senders = Array.from({ length: 8 }, async (_, sender) => {
    for (let count = 0; ; count += 1) {
      const rows = count * 8 + sender
      const answer = await fetch(`${String(url).trim()}/api/v1/ping/sync/success`, {
        method: 'POST',
        headers: { 'X-API-Key': 'k' },
        body: JSON.stringify({ meta: { rows } }),
      })
      if (answer.ok) answered.push(rows)
      if (answered.length > 200) child.kill('SIGKILL')
    }
  })
  await Promise.allSettled(senders)
  // Its connections are gone before it is.
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')

  const second = await start({ dataFile, clock: 'system' })

  expect(answered.length).toBeGreaterThan(200)
  const kept = new Set(second.pings().map(({ meta }) => meta?.['rows']))
  expect(answered.filter((rows) => !kept.has(rows))).toEqual([])
})

it('keeps notifications, and says that one which was being retried was not delivered', async () => {
  const dataFile = dataPath()
  const options: MockServerOptions = {
    dataFile,
    deliver: true,
    // Nothing listens there.
    channels: [{ id: 'hook', kind: 'webhook', url: 'http://127.0.0.1:1/' }],
    monitors: [{ ...sync, channels: ['hook'] }],
  }
  const first = await start(options)
  await accepted(first, 'sync', 'fail')
  await first.deliveriesSettled()
  expect(first.notifications()[0]?.delivery.state).toBe('waiting')
  await first.close()

  const second = await start(options)

  const [kept] = second.notifications()
  expect([kept?.channelId, kept?.delivery.state]).toEqual(['hook', 'failed'])
  expect(kept?.delivery.attempts.at(-1)?.outcome).toBe('the server stopped before it was delivered')
})
