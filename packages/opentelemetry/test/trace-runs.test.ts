import { createMockServer } from '@crontify/mock-server'
import { Crontify, CrontifyMonitor } from '@crontify/sdk'
import { monitored, monitoredAttempts } from '@crontify/sdk/adapter'
import { context, metrics, propagation, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { traceRuns } from '../src/index.ts'

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterAll(() => context.disable())

async function setUp() {
  const server = await createMockServer({
    monitors: [{ id: 'nightly-report', name: 'Nightly report', channels: ['ops'] }],
    channels: [{ id: 'ops', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' }],
  })
  onTestFinished(() => server.close())
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  })
  const meterProvider = new MeterProvider({ readers: [reader] })
  onTestFinished(() => meterProvider.shutdown())
  const stop = traceRuns(crontify, { tracerProvider, meterProvider })
  const points = async (name: string) => {
    await reader.forceFlush()
    return (metricExporter.getMetrics().at(-1)?.scopeMetrics ?? [])
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })))
  }
  const tracer = tracerProvider.getTracer('test')
  return { server, crontify, monitor: crontify.monitor('nightly-report'), exporter, tracer, stop, points }
}

it.each([
  [
    'no client',
    () => traceRuns(null as never, null as never),
    'takes a Crontify or a CrontifyMonitor, got null',
  ],
  [
    'a client of another copy of the SDK',
    () => traceRuns({ stats: () => ({ droppedBecause: {} }) } as never),
    'is not of the copy of @crontify/sdk',
  ],
  [
    'a tracer instead of its provider',
    () => traceRuns(new Crontify({ enabled: false }), { tracerProvider: {} as never }),
    'takes a TracerProvider, got an object',
  ],
  [
    'a meter provider that is none',
    () => traceRuns(new Crontify({ enabled: false }), { meterProvider: 5 as never }),
    'takes a MeterProvider, got',
  ],
])('warns of %s, and throws nothing', (_name, call, message) => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  onTestFinished(() => emitWarning.mockRestore())

  call()()

  expect(emitWarning.mock.calls.flat().join()).toContain(message)
})

it('makes a span of a run, with the job inside it, and none of its pings', async () => {
  const { monitor, exporter, tracer } = await setUp()
  async function writeReport() {
    await tracer.startActiveSpan('query', async (span) => {
      await new Promise((resolve) => setImmediate(resolve))
      span.end()
    })
    return { rows: 3 }
  }

  expect(await monitor.wrap(writeReport)).toEqual({ rows: 3 })

  const [query, run] = exporter.getFinishedSpans()
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['query', 'run nightly-report'])
  expect(query?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId)
  expect(run?.parentSpanContext).toBeUndefined()
  expect(run?.attributes).toMatchObject({
    'code.function.name': 'writeReport',
    'crontify.monitor.id': 'nightly-report',
    'crontify.run.status': 'success',
    'crontify.meta.rows': 3,
  })
  expect(run?.status.code).toBe(SpanStatusCode.UNSET)
})

it('is a child of the span around it', async () => {
  const { monitor, exporter, tracer } = await setUp()

  await tracer.startActiveSpan('request', async (span) => {
    await monitor.wrap(async () => 'done')
    span.end()
  })

  const [run, request] = exporter.getFinishedSpans()
  expect(run?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
})

it('leads from the alert to the trace: the notification has the trace id of the failed span', async () => {
  const { server, monitor, exporter } = await setUp()
  const error = new Error('no rows')

  await expect(
    monitor.wrap(async (run) => {
      run.log('reading rows')
      throw error
    }),
  ).rejects.toBe(error)

  const [span] = exporter.getFinishedSpans()
  const traceId = span?.spanContext().traceId ?? 'none'
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no rows' })
  expect(span?.events[0]?.attributes?.['exception.message']).toBe('no rows')
  const [notification] = server.notifications('ops')
  expect(JSON.stringify(notification)).toContain(traceId)
  expect(server.pings().at(-1)?.logOutput).toMatch(new RegExp(`^trace_id=${traceId}\nError: no rows`))
})

it('traces runs that are started by hand, and those of monitored functions', async () => {
  const { monitor, exporter, tracer } = await setUp()
  const names: (string | undefined)[] = []
  const job = monitored(
    monitor,
    () => void names.push(trace.getActiveSpan() === undefined ? undefined : 'active'),
    { attributes: { 'faas.trigger': 'timer' } },
  )

  job()
  await monitor.start()
  await monitor.fail({ message: 'disk is full' })
  tracer.startSpan('other').end()

  const [first, second] = exporter.getFinishedSpans()
  expect(names).toEqual(['active'])
  expect(first?.attributes).toMatchObject({ 'faas.trigger': 'timer', 'crontify.run.status': 'success' })
  expect(second?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'disk is full' })
})

it('measures runs, and counts dropped pings by reason', async () => {
  const { server, crontify, monitor, points } = await setUp()
  await monitor.wrap(async () => 'done')
  await monitor.wrap(() => Promise.reject(new Error('no rows'))).catch(() => {})
  server.faults.add({ type: 'status', status: 404 })
  await monitor.success()
  await crontify.flush()

  const ofStatus = (status: string) => ({
    'crontify.monitor.id': 'nightly-report',
    'crontify.run.status': status,
  })
  expect(await points('crontify.runs')).toEqual(
    expect.arrayContaining([
      { attributes: ofStatus('success'), value: 1 },
      { attributes: ofStatus('failed'), value: 1 },
    ]),
  )
  expect(await points('crontify.run.duration')).toHaveLength(2)
  expect(await points('crontify.pings.dropped')).toEqual([
    { attributes: { 'crontify.ping.drop_reason': 'monitor-unknown' }, value: 1 },
  ])
})

it('does nothing without a provider, and nothing more once it is stopped', async () => {
  const { server, monitor, exporter, stop } = await setUp()
  stop()
  await monitor.wrap(() => Promise.reject(new Error('no rows'))).catch(() => {})
  expect(exporter.getFinishedSpans()).toEqual([])

  const alone = new CrontifyMonitor({
    apiKey: server.apiKey,
    baseUrl: server.url,
    monitorId: 'nightly-report',
  })
  traceRuns(alone)
  await alone.wrap(() => Promise.reject(new Error('no rows'))).catch(() => {})
  expect(server.pings().at(-1)?.logOutput).toMatch(/^Error: no rows/)
})

it('never hurts the job, whatever a tracer does', async () => {
  const { server } = await setUp()
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  const broken = {
    getTracer: () => ({
      startSpan: () => {
        throw new Error('the tracer is broken')
      },
    }),
  }
  traceRuns(crontify, { tracerProvider: broken as never })

  expect(await crontify.monitor('nightly-report').wrap(async () => 'done')).toBe('done')
  expect(server.runs('nightly-report').at(-1)?.status).toBe('success')
})

it('finds global providers that are set after it was called', async () => {
  const { server } = await setUp()
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  traceRuns(crontify)
  const exporter = new InMemorySpanExporter()
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  })
  const meterProvider = new MeterProvider({ readers: [reader] })
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  )
  metrics.setGlobalMeterProvider(meterProvider)
  onTestFinished(async () => {
    trace.disable()
    metrics.disable()
    await meterProvider.shutdown()
  })

  await crontify.monitor('nightly-report').wrap(async () => ({ rows: 3 }))
  await reader.forceFlush()

  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['run nightly-report'])
  const names = metricExporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  expect(names.map(({ descriptor }) => descriptor.name)).toContain('crontify.runs')
})

it('says in the log of a fail that the trace is not sampled', async () => {
  const { server } = await setUp()
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  traceRuns(crontify, { tracerProvider: new BasicTracerProvider({ sampler: new AlwaysOffSampler() }) })

  await crontify
    .monitor('nightly-report')
    .wrap(() => Promise.reject(new Error('no rows')))
    .catch(() => {})

  expect(server.pings().at(-1)?.logOutput).toMatch(/^trace_id=[0-9a-f]{32} \(not sampled\)\nError: no rows/)
})

it('links a run to the context that the job of any queue carries', async () => {
  const { monitor, exporter } = await setUp()
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  onTestFinished(() => propagation.disable())
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const work = monitoredAttempts(
    monitor,
    async (_traceparent: string) => {},
    (traceparent) => ({ key: traceparent, first: true, last: true, carrier: { traceparent } }),
  )

  await work(`00-${traceId}-b7ad6b7169203331-01`)
  await work('not a traceparent')

  const links = exporter
    .getFinishedSpans()
    .map((span) => span.links.map(({ context: { traceId: id } }) => id))
  expect(links).toEqual([[traceId], []])
})

it('shows the class and the stack of an error, without its own message, which may hold secrets', async () => {
  const { monitor, exporter } = await setUp()
  const secret = 'hunter2secret'
  const failing = monitor.wrap(() => {
    throw new RangeError(`connect postgres://user:${secret}@db/main ${'x'.repeat(2_000_000)}`)
  })
  await expect(failing).rejects.toThrow(secret)

  const [span] = exporter.getFinishedSpans()
  const text = JSON.stringify([span?.status, span?.events, span?.attributes])
  expect(text).not.toContain(secret)
  expect(text.length).toBeLessThan(20_000)
  expect(span?.events[0]?.attributes).toMatchObject({
    'exception.type': 'RangeError',
    'exception.stacktrace': expect.stringContaining('trace-runs.test'),
  })
})

it('exports the span of an error that cannot be read', async () => {
  const { monitor, exporter } = await setUp()
  const error = Object.defineProperty(new Error('x'), 'stack', {
    get: () => {
      throw new Error('unreadable')
    },
  })
  await expect(
    monitor.wrap(() => Promise.reject(Object.assign(error, { code: Object.create(null) as object }))),
  ).rejects.toBe(error)

  expect(exporter.getFinishedSpans()).toMatchObject([{ status: { code: SpanStatusCode.ERROR }, ended: true }])
})

it('warns of a second call for one client, and observes once', async () => {
  const { crontify, monitor, exporter, stop } = await setUp()
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  onTestFinished(() => emitWarning.mockRestore())
  const again = traceRuns(crontify)
  await monitor.wrap(() => {})
  again()
  await monitor.wrap(() => {})

  expect(emitWarning.mock.calls.flat().join()).toContain('traceRuns was called twice')
  expect(exporter.getFinishedSpans()).toHaveLength(2)
  stop()
  onTestFinished(traceRuns(crontify))
  expect(emitWarning).toHaveBeenCalledTimes(1)
})

it('adds up what several clients have dropped, before any run, and after one of them is stopped', async () => {
  const { server, points } = await setUp()
  const { reader, meterProvider } = meters()
  const clients = [1, 2].map((number) => {
    const client = new Crontify({ apiKey: `ck_live_wrong_${number}`, baseUrl: server.url, logger: false })
    return { client, stop: traceRuns(client, { meterProvider }) }
  })
  for (const { client } of clients) {
    await client.monitor('nightly-report').success()
    await client.flush()
  }
  const dropped = clients.reduce((sum, { client }) => sum + client.stats().dropped, 0)
  expect(dropped).toBe(2)
  expect(await reader('crontify.pings.dropped')).toBe(2)
  clients[0]?.stop()
  expect(await reader('crontify.pings.dropped')).toBe(2)
  expect(await points('crontify.pings.dropped')).toEqual([])
})

it('measures from the next run on when the global meter provider is set after the first', async () => {
  const server = await createMockServer({ monitors: [{ id: 'job' }] })
  onTestFinished(() => server.close())
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  onTestFinished(traceRuns(crontify))
  await crontify.monitor('job').wrap(() => {})
  const { reader, meterProvider } = meters()
  metrics.setGlobalMeterProvider(meterProvider)
  onTestFinished(() => metrics.disable())
  await crontify.monitor('job').wrap(() => {})

  expect(await reader('crontify.runs')).toBe(1)
})

/** A meter provider, and the sum of a metric's values. */
function meters() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reading = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reading] })
  onTestFinished(() => meterProvider.shutdown())
  const reader = async (name: string) => {
    await reading.forceFlush()
    return (exporter.getMetrics().at(-1)?.scopeMetrics ?? [])
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ value }) => Number(value)))
      .reduce((sum, value) => sum + value, 0)
  }
  return { reader, meterProvider }
}
