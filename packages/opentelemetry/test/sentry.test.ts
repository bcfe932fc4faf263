import { createMockServer } from '@crontify/mock-server'
import { Crontify } from '@crontify/sdk'
import * as Sentry from '@sentry/node'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { traceRuns } from '../src/index.ts'
import { keptEnvelopes } from './support/sentry-envelopes.ts'

const { items, transport } = keptEnvelopes()
// Sentry is set up once for a process.
Sentry.init({
  dsn: 'https://key@sentry.invalid/1',
  tracesSampleRate: 1,
  enableOpenTelemetrySetup: true,
  transport,
})
afterAll(() => Sentry.close())

interface SentrySpan {
  readonly name: string
  readonly trace_id: string
  readonly span_id: string
  readonly parent_span_id?: string
  readonly status: string
  readonly attributes: Readonly<Record<string, { readonly value: unknown }>>
}

async function setUp() {
  const server = await createMockServer({
    monitors: [{ id: 'nightly-report', channels: ['ops'] }],
    channels: [{ id: 'ops', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' }],
  })
  onTestFinished(() => server.close())
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  const sent = async (type: string) => {
    await Sentry.flush()
    return items.filter((item) => item.type === type).map(({ payload }) => payload)
  }
  items.length = 0
  return { server, crontify, monitor: crontify.monitor('nightly-report'), sent }
}

it('makes spans of runs with the tracer of Sentry, with the spans of the job inside, and none of pings', async () => {
  const { server, crontify, monitor, sent } = await setUp()
  onTestFinished(traceRuns(crontify))

  const running = monitor.wrap(() =>
    Sentry.startSpan({ name: 'query' }, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      throw new Error('no rows')
    }),
  )

  await expect(running).rejects.toThrow('no rows')
  const spans = (await sent('span')).flatMap((payload) => payload['items'] as readonly SentrySpan[])
  const run = spans.find(({ name }) => name === 'run nightly-report')
  const query = spans.find(({ name }) => name === 'query')
  expect(run?.status).toBe('error')
  expect(run?.attributes['crontify.run.status']?.value).toBe('failed')
  expect(query?.parent_span_id).toBe(run?.span_id)
  // The mock server's own spans are here, since it is in the same process.
  const operations = spans.map(({ attributes }) => attributes['sentry.op']?.value)
  expect(operations).toContain('http.server')
  expect(operations).not.toContain('http.client')
  const traceId = run?.trace_id ?? 'none'
  expect(server.pings().at(-1)?.logOutput).toMatch(new RegExp(`^trace_id=${traceId}\nError: no rows`))
  expect(JSON.stringify(server.notifications('ops'))).toContain(traceId)
})

it('gives each run without a parent a trace of its own', async () => {
  const { crontify, monitor, server } = await setUp()
  onTestFinished(traceRuns(crontify))
  for (const message of ['one', 'two']) {
    await expect(monitor.wrap(() => Promise.reject(new Error(message)))).rejects.toThrow(message)
  }
  await crontify.flush()

  const fails = server.pings().filter(({ kind }) => kind === 'fail')
  expect(fails).toHaveLength(2)
  expect(new Set(fails.map(({ logOutput }) => logOutput?.split('\n')[0])).size).toBe(2)
})

it('finds the run of an exception by the tag of the recipe, and makes no cron monitor in Sentry', async () => {
  const { crontify, sent } = await setUp()
  const ids: string[] = []
  const readRows = (message: string) =>
    crontify.monitor('nightly-report').wrap((run) =>
      Sentry.withIsolationScope(async (scope) => {
        ids.push(run.id)
        scope.setTag('crontify.run.id', run.id)
        await new Promise((resolve) => setImmediate(resolve))
        Sentry.captureException(new Error(message))
      }),
    )

  await readRows('row 7 is bad')
  await readRows('row 8 is bad')
  Sentry.captureException(new Error('outside of a run'))

  const events = await sent('event')
  const tagOf = ({ tags }: Readonly<Record<string, unknown>>) =>
    (tags as Readonly<Record<string, string>> | undefined)?.['crontify.run.id']
  expect(events.map(tagOf)).toEqual([...ids, undefined])
  expect(new Set(ids).size).toBe(2)
  expect(await sent('check_in')).toEqual([])
})
