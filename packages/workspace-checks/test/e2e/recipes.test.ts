import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { startRedis } from '@crontify/adapter-conformance/servers'
import { app as azureApp } from '@azure/functions'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { transform } from 'esbuild'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { runProgram } from './run-program.ts'

const ROOT = resolve(import.meta.dirname, '../../../..')
const WORKPLACE = resolve(import.meta.dirname, '../../node_modules/.recipes')

let service: MockServer

beforeEach(async () => {
  service = await createMockServer({
    apiKeys: ['ck_live_example'],
    monitors: [{ id: 'nightly-report' }, { id: 'mail-worker' }],
  })
  vi.stubEnv('CRONTIFY_BASE_URL', service.url)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await service.close()
})

/** Writes the code block of a document that imports a package into a file, with what a test needs of it exported. */
async function recipeFile(
  of: string,
  exported: string,
  from = 'schedulers',
  change = (code: string): string => code,
): Promise<string> {
  const text = readFileSync(join(ROOT, `docs/${from}.md`), 'utf8')
  const blocks = [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => code)
  const code = blocks.find((block) => block.includes(`from '${of}'`)) ?? ''
  mkdirSync(WORKPLACE, { recursive: true })
  const file = join(WORKPLACE, `${of.replaceAll(/\W/g, '-')}.mjs`)
  const open = change(code.replace('server.close()', ''))
  writeFileSync(file, (await transform(`${open}\n${exported}`, { loader: 'ts' })).code)
  return file
}

/** Runs the code block here. */
async function recipe(...which: Parameters<typeof recipeFile>): Promise<Record<string, unknown>> {
  return (await import(await recipeFile(...which))) as Record<string, unknown>
}

const runs = () => service.runs('nightly-report').map(({ status, meta }) => [status, meta?.['rows']])

it('watches a route of Koa as the recipe says', async () => {
  const { server, app } = (await recipe('koa', 'export { server, app }')) as {
    server: Server
    app: { use(middleware: (ctx: { status: number }) => void): void; silent: boolean }
  }
  if (!server.listening) await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  expect(await (await fetch(url, { headers: { connection: 'close' } })).text()).toBe('done')

  await expect.poll(runs).toEqual([['success', 120]])
  expect(app.silent).toBeFalsy()
  server.close()
})

it('makes one run of a job of Bull with its attempts', async () => {
  const redis = await startRedis()
  vi.stubEnv('REDIS_URL', redis.url)
  const { queue, calls } = (await recipe(
    'bull',
    'export { queue }\nexport const calls = []',
    'schedulers',
    (code) =>
      code
        .replace(
          '=> ({ mails_sent',
          '=> { calls.push(job.attemptsMade); if (job.attemptsMade < 2) throw new Error("busy"); return ({ mails_sent',
        )
        .replace("=== '' ? 0 : 1 }),", "=== '' ? 0 : 1 }) },"),
  )) as {
    calls: number[]
    queue: {
      add(data: object, options: object): Promise<{ finished(): Promise<unknown> }>
      close(): Promise<void>
    }
  }

  const job = await queue.add({ to: 'ada' }, { attempts: 3 })

  expect(await job.finished()).toEqual({ mails_sent: 1 })
  expect(calls).toEqual([0, 1, 2])
  await expect.poll(() => service.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
  await queue.close()
  await redis.stop()
})

it('exports what became of the pings to Prometheus', async () => {
  service.faults.add({ type: 'status', status: 404, kind: 'success' })
  const { registry } = (await recipe('prom-client', 'export { registry }', 'observability')) as {
    registry: { metrics(): Promise<string> }
  }

  const text = await registry.metrics()

  expect(text).toContain('crontify_pings_delivered 1')
  expect(text).toContain('crontify_pings_dropped{reason="monitor-unknown"} 1')
})

it('tags what Sentry captures with the run, makes a span of the run, and no monitor of Sentry', async () => {
  const envelopes: string[] = []
  const sentry = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      envelopes.push(Buffer.concat(parts).toString())
      response.end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(sentry, 'listening')
  const { port } = sentry.address() as AddressInfo
  const file = await recipeFile('@sentry/node', '', 'observability')

  const env = { SENTRY_DSN: `http://public@127.0.0.1:${port}/1`, CRONTIFY_BASE_URL: service.url }
  const ended = await runProgram(process.execPath, [file], { env })

  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(service.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
  const items = envelopes.flatMap((text) => text.split('\n').filter((line) => line.startsWith('{')))
  const captured = items.find((item) => item.includes('one row is broken'))
  const span = items.find((item) => item.includes('"name":"run nightly-report"'))
  const [, runId = ''] = /"crontify.run.id":"([^"]+)"/.exec(captured ?? '') ?? []
  expect(runId).not.toBe('')
  expect(span).toContain(`"crontify.run.id":{"value":"${runId}"`)
  expect(items.filter((item) => item.includes('check_in'))).toEqual([])
  expect(items.filter((item) => item.includes('http.client'))).toEqual([])
  sentry.close()
})

it('has sent both pings when a function of Google Cloud answers', async () => {
  const { report } = await recipe('@google-cloud/functions-framework', '')
  const { http } = await import('@google-cloud/functions-framework')
  const { getTestServer } = await import('@google-cloud/functions-framework/testing')
  http('report', report as Parameters<typeof http>[1])
  const server = getTestServer('report')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  const answer = await fetch(url, { headers: { connection: 'close' } })

  expect(await answer.text()).toBe('120 rows')
  expect(runs()).toEqual([['success', 120]])
  server.close()
})

it('has sent both pings when a timer function of Azure returns', async () => {
  let handler: ((timer: object, context: { log(text: string): void }) => unknown) | undefined
  // Without its host the package registers nothing.
  vi.spyOn(azureApp, 'timer').mockImplementation((_name, options) => {
    handler = options.handler as typeof handler
  })
  await recipe('@azure/functions', '')

  const result = await handler?.({}, { log: () => {} })

  expect(result).toEqual({ rows: 120 })
  expect(runs()).toEqual([['success', 120]])
})
