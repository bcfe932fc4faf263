import { once } from 'node:events'
import { readdir, readFile, rename, utimes } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { bundleProgram, startProgram, temporaryFolder, type Ending } from './support/run-program.ts'

const PROGRAM = `
  import { CrontifyMonitor } from '../src/index.ts'
  const spoolDirectory = process.env['SPOOL']
  const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', delivery: { spoolDirectory, endWaitMs: 300 } })
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor
  void new AsyncFunction('monitor', process.env['BODY'] ?? '')(monitor)
`

let server: MockServer
let spool: string

beforeEach(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }] })
  spool = join(await temporaryFolder(), 'spool')
})

afterEach(() => server.close())

async function start(body: string, baseUrl = server.url) {
  const env = { CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: baseUrl, BODY: body, SPOOL: spool }
  return startProgram(await bundleProgram(PROGRAM), { env })
}

const run = async (...given: Parameters<typeof start>): Promise<Ending> => (await start(...given)).ending

/** An address that answers 503 to everything until `mend` is called, and then passes it on to the server. */
async function brokenFrontDoor() {
  let isBroken = true
  const proxy = createHttpServer((request, response) => {
    if (isBroken) {
      request.resume()
      response.writeHead(503).end()
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers
      void fetch(server.url + (request.url ?? ''), {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: chunks.length === 0 ? null : Buffer.concat(chunks),
      }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
      })
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void proxy.close())
  await once(proxy, 'listening')
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return { url, mend: () => (isBroken = false) }
}

const filesOf = (): Promise<string[]> => readdir(spool).catch(() => [])

const runs = () => server.runs('nightly-backup').map(({ status, errorMessage }) => ({ status, errorMessage }))

it('reports a run whose process was killed, once, when the next process starts', async () => {
  const { child, ending } = await start(
    `await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })`,
  )
  await once(child.stdout ?? child, 'data')
  child.kill('SIGKILL')
  await ending
  expect(runs()).toMatchObject([{ status: 'running' }])

  await run(`await monitor.flush({ withinMs: 5000 })`)
  await run(`await monitor.flush({ withinMs: 1000 })`)

  expect(runs()).toEqual([{ status: 'failed', errorMessage: 'the process ended without reporting' }])
  expect(server.alerts().map(({ type }) => type)).toEqual(['failure'])
})

it('reports the last lines that the killed run had logged, redacted', async () => {
  const { child, ending } = await start(`await monitor.wrap((run) => {
    run.log('copying contracts.db with token=a1b2c3d4e5f6g7h8')
    // The record of an open run is written once a second.
    setTimeout(() => console.log('written'), 1_100)
    return new Promise((r) => setTimeout(r, 60_000))
  })`)
  await once(child.stdout ?? child, 'data')
  child.kill('SIGKILL')
  await ending

  await run(`await monitor.flush({ withinMs: 5000 })`)

  expect(server.alerts()).toMatchObject([
    { type: 'failure', details: { logSnippet: 'copying contracts.db with token=[redacted]' } },
  ])
})

it('sends the report of the dead run before the start of the next one', async () => {
  const { child, ending } = await start(
    `await monitor.wrap(() => { console.log('in the job'); return new Promise((r) => setTimeout(r, 60000)) })`,
  )
  await once(child.stdout ?? child, 'data')
  child.kill('SIGKILL')
  await ending

  await run(`await monitor.wrap(() => 'done')`)

  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'fail', 'start', 'success'])
  expect(runs().map(({ status }) => status)).toEqual(['failed', 'success'])
})

it('leaves nothing behind after a run that went well, failed, or was cut short and reported', async () => {
  await run(`await monitor.wrap(() => 'done')`)
  await run(`await monitor.wrap(() => { throw new Error('x') }).catch(() => {})`)
  await run(`await monitor.wrap(() => { process.exit(3) })`)

  expect(runs().map(({ status }) => status)).toEqual(['success', 'failed', 'failed'])
  expect((await filesOf()).filter((name) => !name.endsWith('.latest'))).toEqual([])
})

it('keeps a failure that could not be delivered, and the next process delivers it', async () => {
  const door = await brokenFrontDoor()
  const first = await run(
    `await monitor.fail('disk is full'); process.on('exit', () => console.log(JSON.stringify(monitor.stats())))`,
    door.url,
  )
  expect(JSON.parse(first.stdout)).toMatchObject({ created: 1, spooled: 1, dropped: 0, pending: 0 })
  expect(first.stderr).toBe('')
  door.mend()

  await run(`await monitor.flush({ withinMs: 5000 })`, door.url)

  expect(runs()).toEqual([{ status: 'failed', errorMessage: 'disk is full' }])
  expect((await filesOf()).filter((name) => !name.endsWith('.latest'))).toEqual([])
})

it('keeps a failure at process.exit too', async () => {
  const door = await brokenFrontDoor()
  await run(`void monitor.fail('disk is full'); process.exit(4)`, door.url)
  door.mend()

  await run(`await monitor.flush({ withinMs: 5000 })`, door.url)

  expect(runs()).toEqual([{ status: 'failed', errorMessage: 'disk is full' }])
})

it('delivers after a SIGKILL what the killed process had not been able to deliver', async () => {
  const door = await brokenFrontDoor()
  const { child, ending } = await start(
    `void monitor.fail('disk is full'); setInterval(() => console.log('alive'), 100)`,
    door.url,
  )
  // Until it is on the disk; a refused ping goes there after 5 s.
  do await once(child.stdout ?? child, 'data')
  while (!(await filesOf()).some((name) => name.includes('.ping.claim.')))
  child.kill('SIGKILL')
  await ending
  door.mend()
  // Only a minute after its last sign of life a process counts as dead.
  const twoMinutesAgo = new Date(Date.now() - 120_000)
  for (const name of await filesOf()) await utimes(join(spool, name), twoMinutesAgo, twoMinutesAgo)

  await run(`await monitor.flush({ withinMs: 5000 })`, door.url)

  expect(runs()).toEqual([{ status: 'failed', errorMessage: 'disk is full' }])
  expect((await filesOf()).filter((name) => name.includes('.ping'))).toEqual([])
})

it('does not report a failure late that a newer run has overtaken, but says so', async () => {
  const door = await brokenFrontDoor()
  await run(`await monitor.fail('disk is full')`, door.url)
  const kept = (await filesOf()).find((name) => name.endsWith('.ping')) ?? ''
  const elsewhere = join(await temporaryFolder(), kept)
  await rename(join(spool, kept), elsewhere)
  door.mend()
  await run(`await monitor.wrap(() => 'done')`, door.url)
  await rename(elsewhere, join(spool, kept))

  const late = await run(`await monitor.flush({ withinMs: 1000 })`, door.url)

  expect(runs().map(({ status }) => status)).toEqual(['success'])
  expect(late.stderr).toMatch(/\[crontify\] A failed run of "nightly-backup".*disk is full/)
})

it('does not deliver to another address or with another key what was kept', async () => {
  const door = await brokenFrontDoor()
  await run(`await monitor.fail('disk is full')`, door.url)

  await run(`await monitor.flush({ withinMs: 1000 })`)

  expect(runs()).toEqual([])
  expect(await readdir(spool)).toHaveLength(1)
})

it('writes neither the key nor other secrets to the disk', async () => {
  const door = await brokenFrontDoor()
  await run(
    `await monitor.fail('token=' + 'abcdef123456' + ' key ' + process.env.CRONTIFY_API_KEY)`,
    door.url,
  )

  const [name = ''] = await readdir(spool)
  const kept = await readFile(join(spool, name), 'utf8')

  expect(kept).toContain('errorMessage')
  expect(kept).not.toContain('abcdef123456')
  expect(kept).not.toContain(server.apiKey)
})

it('works without its spool where the directory cannot be used, and says so once', async () => {
  spool = 'relative/path'

  const ending = await run(`await monitor.wrap(() => 'done')`)

  expect(ending.code).toBe(0)
  expect(ending.stderr.match(/\[crontify\]/g)).toHaveLength(1)
  expect(runs()).toEqual([{ status: 'success', errorMessage: undefined }])
})
