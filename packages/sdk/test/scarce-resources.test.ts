import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { bodyPrograms } from './support/body-program.ts'
import { bundleProgram } from './support/run-program.ts'

it('keeps to four sockets with 256 file descriptors and ten thousand runs, and leaves the rest to the job', async () => {
  const { server } = await bodyPrograms()
  const file = await bundleProgram(`
    import { openSync, closeSync } from 'node:fs'
    import { CrontifyMonitor } from '../src/index.ts'
    const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup', logger: false, delivery: { atExit: false } })
    let failures = 0
    const job = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      try { closeSync(openSync(__filename)) } catch { failures++ }
    }
    void Promise.all(Array.from({ length: 10_000 }, () => monitor.wrap(job))).then(() => {
      const { created, delivered, skipped, dropped, spooled, pending } = monitor.stats()
      console.log(JSON.stringify({ failures, created, accounted: delivered + skipped + dropped + spooled + pending }))
      process.exit(0)
    })
  `)
  const { NODE_OPTIONS: _, ...env } = process.env

  const child = spawn('sh', ['-c', `ulimit -n 256; exec "$0" "$1"`, process.execPath, file], {
    env: { ...env, CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ])

  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ failures: 0, created: 20_000, accounted: 20_000 })
})

/** Stands in for a resolver, which no test may change for the whole machine. */
const lookup = (body: string): string => `
  const dns = require('node:dns')
  let asked = 0
  dns.lookup = (name, options, callback) => { asked++; ${body} }
`

it('holds neither the job nor its result longer than promised while the name server keeps silent', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(
    `const from = performance.now()
     let beganAt = 0
     const result = await monitor.wrap(() => { beganAt = performance.now(); return 'the result' })
     const endedAt = performance.now()
     process.stdout.write(JSON.stringify({ result, heldMs: beganAt - from, waitedMs: endedAt - beganAt, asked }))
     process.exit(0)`,
    { before: lookup(''), baseUrl: 'https://crontify.test', delivery: { endWaitMs: 1_000, atExit: false } },
  )

  const told = JSON.parse(ending.stdout) as {
    result: string
    heldMs: number
    waitedMs: number
    asked: number
  }
  expect(told.result).toBe('the result')
  expect(told.heldMs).toBeLessThan(1_000)
  expect(told.waitedMs).toBeLessThan(1_700)
  // Each would hold a thread of the pool, and the process, for some ten seconds.
  expect(told.asked).toBe(1)
})

it('reaches the service over the one address that works, when the first one of the name does not', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`process.stdout.write(await monitor.wrap(() => 'the result'))`, {
    before: lookup(`callback(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }])`),
    baseUrl: programs.server.url.replace('127.0.0.1', 'localhost'),
  })

  expect(ending).toMatchObject({ code: 0, stdout: 'the result', stderr: '' })
  expect(programs.runs().map(({ status }) => status)).toEqual(['success'])
})

it('says that the name could not be resolved, of a temporary failure too, and delivers when it heals', async () => {
  const programs = await bodyPrograms()

  const ending = await programs.run(`process.stdout.write(await monitor.wrap(() => 'the result'))`, {
    before: lookup(
      `if (asked <= 2) return callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }))
       callback(null, [{ address: '127.0.0.1', family: 4 }])`,
    ),
    baseUrl: programs.server.url.replace('127.0.0.1', 'localhost'),
  })

  expect(ending).toMatchObject({ code: 0, stdout: 'the result' })
  expect(programs.runs().map(({ status }) => status)).toEqual(['success'])
})
