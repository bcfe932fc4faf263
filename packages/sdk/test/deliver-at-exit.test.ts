import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ExitDelivery } from '../src/process-exit/deliver-at-exit.ts'
import { recordingServer } from './support/recording-server.ts'
import {
  type Ending,
  bundleProgram,
  runProgram,
  startProgram,
  temporaryFolder,
} from './support/run-program.ts'
import { TEST_KEY } from './support/scripted.ts'
import { selfSignedCertificate } from './support/self-signed-certificate.ts'

type Reported = ExitDelivery & { readonly tookMs: number }

/** A program that sends pings, each `monitor/kind`, when it exits, and prints how that went. */
function program(origin: string, pings: readonly string[], job: string, boundMs = 1_000): string {
  return `
    import { writeSync } from 'node:fs'
    import { deliverAtExit } from '../src/process-exit/deliver-at-exit.ts'
    const requests = ${JSON.stringify(pings)}.map((ping) => ({
      origin: ${JSON.stringify(origin)},
      path: '/api/v1/ping/' + ping,
      method: 'POST' as const,
      headers: { 'X-API-Key': ${JSON.stringify(TEST_KEY)}, 'content-type': 'application/json' },
      body: JSON.stringify({ errorMessage: 'the job ended early: ä' }),
    }))
    if (process.env['QUIET_EXIT'] !== '1') {
      process.on('exit', () => {
        const startedAt = performance.now()
        const { unanswered, ...delivery } = deliverAtExit(requests, ${boundMs})
        const tookMs = performance.now() - startedAt
        writeSync(1, JSON.stringify({ ...delivery, unanswered: unanswered.map(({ path }) => path), tookMs }))
      })
    }
    ${job}
  `
}

function reported(ending: Ending): Reported {
  return JSON.parse(ending.stdout) as Reported
}

it('delivers when the job ends the process, whose exit code stays', async () => {
  const server = await recordingServer()

  const ending = await runProgram(
    program(server.origin, ['job/fail'], 'setTimeout(() => process.exit(7), 10)'),
  )

  expect(ending).toMatchObject({ code: 7, stderr: '' })
  expect(reported(ending)).toMatchObject({ answered: 1, attempted: 1, blocked: false, unanswered: [] })
  expect(server.requests).toMatchObject([
    { headers: { 'x-api-key': TEST_KEY }, body: '{"errorMessage":"the job ended early: ä"}' },
  ])
})

it.each([
  ['an error that nobody caught', `setTimeout(() => { throw new Error('out of paper') }, 10)`],
  [
    'a rejection that nobody handled',
    `setTimeout(() => { void Promise.reject(new Error('out of paper')) }, 10)`,
  ],
])('delivers after %s, and what Node prints of it stays the same', async (_name, job) => {
  const server = await recordingServer()
  const file = await bundleProgram(program(server.origin, ['job/fail'], job))

  const bare = await startProgram(file, { env: { QUIET_EXIT: '1' } }).ending
  const ending = await startProgram(file).ending

  expect(reported(ending).answered).toBe(1)
  expect(bare.stderr).toContain('out of paper')
  expect(ending).toMatchObject({ code: 1, stderr: bare.stderr })
})

it('stops waiting for a silent service at the bound', async () => {
  const server = await recordingServer({ answer: () => {} })

  const ending = await runProgram(program(server.origin, ['job/fail'], 'process.exit(7)', 300))

  const { tookMs, ...delivery } = reported(ending)
  expect(ending).toMatchObject({ code: 7, stderr: '' })
  expect(delivery).toMatchObject({ answered: 0, attempted: 1, unanswered: ['/api/v1/ping/job/fail'] })
  expect(tookMs).toBeGreaterThanOrEqual(299)
  expect(tookMs).toBeLessThan(1_000)
})

it('gives up at once where the connection is refused', async () => {
  const ending = await runProgram(program(await closedOrigin(), ['job/fail'], 'process.exit(7)', 60_000))

  expect(ending).toMatchObject({ code: 7, stderr: '' })
  expect(reported(ending)).toMatchObject({ answered: 0, attempted: 1, blocked: false })
  expect(reported(ending).tookMs).toBeLessThan(5_000)
})

it('does not wait where no thread may be started', async () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'
  const server = await recordingServer()
  const source = program(server.origin, ['job/fail'], 'process.exit(7)', 60_000)

  const ending = await runProgram(source, { nodeOptions: [flag, '--allow-fs-read=*', '--no-warnings'] })

  expect(ending).toMatchObject({ code: 7, stderr: '' })
  expect(reported(ending)).toMatchObject({ answered: 0, attempted: 0, blocked: true })
  expect(reported(ending).tookMs).toBeLessThan(5_000)
  expect(server.requests).toEqual([])
})

it('delivers from inside a worker thread that exits', async () => {
  const server = await recordingServer()
  const inThread = await bundleProgram(program(server.origin, ['job/fail'], 'process.exit(7)'))

  const ending = await runProgram(`
    import { Worker } from 'node:worker_threads'
    new Worker(${JSON.stringify(inThread)}).on('exit', (code) => process.exit(code + 1))
  `)

  expect(ending).toMatchObject({ code: 8, stderr: '' })
  expect(server.pings()).toEqual(['job/fail'])
})

it('does not load what NODE_OPTIONS preloads a second time', async () => {
  const server = await recordingServer()
  const preloaded = join(await temporaryFolder(), 'preloaded.cjs')
  await writeFile(preloaded, `require('node:fs').writeSync(2, 'preloaded\\n')`)

  const ending = await runProgram(program(server.origin, ['job/fail'], 'process.exit(7)'), {
    env: { NODE_OPTIONS: `--require ${preloaded}` },
    nodeOptions: ['--require', preloaded],
  })

  expect(reported(ending).answered).toBe(1)
  // By the main thread, which loads a module once.
  expect(ending.stderr).toBe('preloaded\n')
})

it('prints no key, even where Node is told to print all of HTTP', async () => {
  const server = await recordingServer()

  const ending = await runProgram(program(server.origin, ['job/fail'], 'process.exit(7)'), {
    env: { NODE_DEBUG: 'http,net' },
  })

  expect(reported(ending).answered).toBe(1)
  expect(ending.stderr + ending.stdout).not.toContain(TEST_KEY)
})

it('keeps the order of one monitor, and lets no slow monitor hold up another', async () => {
  const answered: string[] = []
  const server = await recordingServer({
    answer: ({ path }, response) => {
      const end = (): void => {
        answered.push(path.replace('/api/v1/ping/', ''))
        response.end('{}')
      }
      // The first ping of a monitor takes longest, so a second one sent beside it would be answered earlier.
      if (!path.includes('/silent/')) setTimeout(end, path.endsWith('/start') ? 30 : 0)
    },
  })
  const pings = ['silent/fail', 'a/start', 'a/success', 'a/fail', 'b/start', 'b/fail']

  const ending = await runProgram(program(server.origin, pings, 'process.exit(7)', 500))

  expect(reported(ending)).toMatchObject({ answered: 5, unanswered: ['/api/v1/ping/silent/fail'] })
  const ofMonitor = (monitor: string) => answered.filter((ping) => ping.startsWith(monitor))
  expect(ofMonitor('a/')).toEqual(['a/start', 'a/success', 'a/fail'])
  expect(ofMonitor('b/')).toEqual(['b/start', 'b/fail'])
})

it('opens no more than four connections', async () => {
  const server = await recordingServer({ answer: () => {} })
  const pings = ['a', 'b', 'c', 'd', 'e', 'f'].map((monitor) => `${monitor}/fail`)

  const ending = await runProgram(program(server.origin, pings, 'process.exit(7)', 300))

  expect(reported(ending).attempted).toBe(4)
  expect(server.requests).toHaveLength(4)
})

it('takes a refusal and a redirect for answers that are not good, and follows nothing', async () => {
  const other = await recordingServer()
  const server = await recordingServer({
    answer: ({ path }, response) => {
      response.writeHead(path.includes('/moved/') ? 307 : 401, { location: other.origin + path }).end()
    },
  })

  const ending = await runProgram(program(server.origin, ['moved/fail', 'job/fail'], 'process.exit(7)'))

  expect(reported(ending)).toMatchObject({ answered: 0, attempted: 2 })
  expect(other.requests).toEqual([])
})

it('trusts the authorities that the process trusts, and no others', async () => {
  const certificate = selfSignedCertificate()
  const server = await recordingServer({ certificate })
  const authority = join(await temporaryFolder(), 'authority.pem')
  await writeFile(authority, certificate.cert)
  const file = await bundleProgram(program(server.origin, ['job/fail'], 'process.exit(7)'))

  const trusting = await startProgram(file, { env: { NODE_EXTRA_CA_CERTS: authority } }).ending
  const doubting = await startProgram(file).ending

  expect(reported(trusting)).toMatchObject({ answered: 1 })
  expect(reported(doubting)).toMatchObject({ answered: 0, attempted: 1 })
  expect(server.requests).toHaveLength(1)
})

async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}
