import { EventEmitter } from 'node:events'
import { monitorLambda } from '@crontify/aws-lambda'
import { monitorTask } from '@crontify/graphile-worker'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { monitorJob } from '@crontify/node-cron'
import { monitorWork } from '@crontify/pg-boss'
import { Crontify, defineMonitor, monitored, type CrontifyMonitor } from '@crontify/sdk'
import { createRouteRuns } from '@crontify/sdk/adapter'
import { monitorHandler } from '@crontify/web'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'

type Meta = Readonly<Record<string, number>>
type MetaOption = { readonly meta?: false | ((result: { readonly rows: number }) => Meta) }

const RESULT = { rows: 3, account: 4711, name: 'x', pages: [1], nested: { rows: 5 } }
const job = async () => RESULT

/** Runs the job once by each call of the table in docs/runs.md. */
const CALLS: Readonly<Record<string, (monitor: CrontifyMonitor, options: MetaOption) => unknown>> = {
  wrap: (monitor, options) => monitor.wrap(job, options),
  monitored: (monitor, options) => monitored(monitor, job, options)(),
  'monitorJob of node-cron': (monitor, options) => monitorJob(monitor, job, options)({} as never),
  'monitorWork of pg-boss': (monitor, options) =>
    monitorWork(
      monitor,
      job,
      options,
    )([{ id: '1', name: 'q', retryCount: 0, retryLimit: 0, expireInSeconds: 60 }] as never),
  'monitorTask of Graphile Worker': (monitor, options) =>
    monitorTask(
      monitor,
      job as never,
      options as never,
    )({}, { job: { id: '1', task_identifier: 't', attempts: 1, max_attempts: 1 } } as never),
  routes: async (monitor, options) => {
    const response = Object.assign(new EventEmitter(), { statusCode: 200, writableFinished: true })
    const called = createRouteRuns(monitor, options as never)({ response: response as never, call: job })
    response.emit('close')
    await called
  },
  'monitorHandler of web': (monitor, options) =>
    monitorHandler(monitor, job, { ...options, secret: false })(),
  monitorLambda: (monitor, options) => monitorLambda(monitor, job, options as never)({}, {} as never),
}
const calls = Object.entries(CALLS)

let server: MockServer
beforeEach(async () => {
  server = await createMockServer({ monitors: [{ id: 'job' }] })
})
afterEach(() => server.close())

/** Metadata of the only run, without its duration. */
async function metaOf(
  run: (monitor: CrontifyMonitor) => unknown,
  definition: Parameters<typeof defineMonitor>[0] = { id: 'job' },
): Promise<Meta> {
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  await run(crontify.monitor(defineMonitor(definition)) as unknown as CrontifyMonitor)
  await crontify.flush()
  const { duration_ms: _, ...meta } = server.runs('job')[0]?.meta ?? {}
  return meta
}

const SCHEMA = { id: 'job', meta: z.object({ rows: z.number() }) } as never

it.each(calls)('sends the finite numbers of the result by default: %s', async (_name, call) => {
  expect(await metaOf((monitor) => call(monitor, {}))).toEqual({ rows: 3, account: 4711 })
})

it.each(calls)('sends only the fields of a schema: %s', async (_name, call) => {
  expect(await metaOf((monitor) => call(monitor, {}), SCHEMA)).toEqual({ rows: 3 })
})

it.each(calls)('sends what the function meta returns, also with a schema: %s', async (_name, call) => {
  const meta = ({ rows }: { readonly rows: number }): Meta => ({ double: 2 * rows })

  expect(await metaOf((monitor) => call(monitor, { meta }), SCHEMA)).toEqual({ double: 6 })
})

it.each(calls)('sends nothing of the result with meta: false: %s', async (_name, call) => {
  expect(await metaOf((monitor) => call(monitor, { meta: false }))).toEqual({})
})

it('sends what success is given, also with a schema', async () => {
  const manual = async (monitor: CrontifyMonitor): Promise<void> => {
    await monitor.start()
    await monitor.success({ meta: { rows: 3, account: 4711 } })
  }

  expect(await metaOf(manual, SCHEMA)).toEqual({ rows: 3, account: 4711 })
})

it('does not read a Response', async () => {
  const respond = (monitor: CrontifyMonitor): unknown =>
    monitorHandler(monitor, async () => Response.json(RESULT), { secret: false })()

  expect(await metaOf(respond)).toEqual({})
})
