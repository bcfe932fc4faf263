import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createMockServer } from '@crontify/mock-server'
import { describe, expect, it, onTestFinished } from 'vitest'

const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.routes-at-sigterm')

/** Serves `work` as a monitored route, as `server`. */
const SERVERS: Readonly<Record<string, string>> = {
  express: `
    import { monitorRoute } from '@crontify/express'
    import express from 'express'
    const app = express()
    app.post('/job', monitorRoute(monitor, async (_request, response) => response.json(await work())))
    const server = app.listen(0, '127.0.0.1')`,
  fastify: `
    import { monitorRoute } from '@crontify/fastify'
    import Fastify from 'fastify'
    const app = Fastify()
    app.post('/job', monitorRoute(monitor, work))
    void app.listen({ port: 0, host: '127.0.0.1' })
    const server = app.server`,
  web: `
    import { createServer } from 'node:http'
    import { monitorHandler } from '@crontify/web'
    const POST = monitorHandler(monitor, async (_request) => Response.json(await work()), { secret: false })
    const server = createServer(async (request, response) => {
      const answer = await POST(new Request('http://127.0.0.1' + request.url, { method: request.method }))
      response.writeHead(answer.status).end(await answer.text())
    }).listen(0, '127.0.0.1')`,
}

const ENDLESS = 'new Promise(() => {})'
/** Ends with the first turn after the signal. */
const UNTIL_THE_SIGNAL = `new Promise((resolve) => process.once('SIGTERM', () => setImmediate(resolve)))`
const CLOSE = (withinMs: number, then = ''): string => `
  process.once('SIGTERM', async () => {
    server.close()
    await monitor.close({ withinMs: ${withinMs} })
    server.closeIdleConnections()
    ${then}
  })`

interface Program {
  readonly job: string
  readonly delivery?: string
  readonly handler?: string
}

/** Calls the route, sends SIGTERM in the middle of the call, and reads what became of the process and the run. */
async function endDuringTheCall(framework: string, { job, delivery = '{}', handler = '' }: Program) {
  const crontify = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => crontify.close())
  mkdirSync(WORKPLACE, { recursive: true })
  const file = join(WORKPLACE, `${framework}-${crypto.randomUUID()}.mjs`)
  writeFileSync(
    file,
    `import { CrontifyMonitor } from '@crontify/sdk'
    const monitor = new CrontifyMonitor({ monitorId: 'job', delivery: ${delivery} })
    const work = async () => {
      await monitor.flush()
      setImmediate(() => console.log('the job has begun'))
      await ${job}
      return { rows: 120 }
    }
    ${SERVERS[framework]}
    ${handler}
    server.once('listening', () => {
      const url = 'http://127.0.0.1:' + server.address().port + '/job'
      fetch(url, { method: 'POST', headers: { connection: 'close' } }).catch(() => {})
    })`,
  )
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, CRONTIFY_API_KEY: crontify.apiKey, CRONTIFY_BASE_URL: crontify.url },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)))
  child.stdout.on('data', () => void child.kill('SIGTERM'))
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null]
  return {
    ended: exitCode ?? signal,
    errors,
    runs: crontify.runs('job').map(({ status }) => status),
    reason: crontify.pings().at(-1)?.errorMessage,
  }
}

describe.each(Object.keys(SERVERS))('a call of %s that is open at SIGTERM', (framework) => {
  it('stays open without a listener for the signal', async () => {
    expect(await endDuringTheCall(framework, { job: ENDLESS })).toEqual({
      ended: 'SIGTERM',
      errors: '',
      runs: ['running'],
      reason: undefined,
    })
  })

  it('fails with handleSignals', async () => {
    expect(await endDuringTheCall(framework, { job: ENDLESS, delivery: '{ handleSignals: true }' })).toEqual({
      ended: 'SIGTERM',
      errors: '',
      runs: ['failed'],
      reason: expect.stringContaining('SIGTERM') as string,
    })
  })

  it('is waited for by a listener that closes server and monitor', async () => {
    expect(await endDuringTheCall(framework, { job: UNTIL_THE_SIGNAL, handler: CLOSE(25_000) })).toEqual({
      ended: 0,
      errors: '',
      runs: ['success'],
      reason: undefined,
    })
  })

  it('fails when the listener ends the process first', async () => {
    expect(
      await endDuringTheCall(framework, { job: ENDLESS, handler: CLOSE(0, 'process.exit(1)') }),
    ).toMatchObject({ ended: 1, runs: ['failed'] })
  })
})
