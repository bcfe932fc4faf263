import { startRedis, type TestServer } from '@crontify/adapter-conformance/servers'
import { monitorWorker } from '@crontify/bullmq'
import { createMockServer } from '@crontify/mock-server'
import { Crontify } from '@crontify/sdk'
import { context, propagation, trace, type Tracer } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base'
import { Queue, Worker, type Job } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { traceRuns } from '../src/index.ts'

const MONITOR = 'nightly-report'

let redis: TestServer
let numberOfQueues = 0

beforeAll(async () => {
  redis = await startRedis()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
})
afterAll(async () => {
  context.disable()
  propagation.disable()
  await redis.stop()
})

interface Rig {
  readonly queue: Queue
  readonly tracer: Tracer
  readonly logs: () => (string | undefined)[]
  /** All spans, once every job has ended. */
  readonly spansOf: (count: number) => Promise<readonly ReadableSpan[]>
}

/** A queue whose jobs are watched and traced; its worker has `bullmq-otel`, or no telemetry. */
async function setUp(processor: (job: Job) => Promise<unknown>, { telemetry = true } = {}): Promise<Rig> {
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  trace.setGlobalTracerProvider(tracerProvider)
  const server = await createMockServer({ monitors: [{ id: MONITOR }] })
  const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
  traceRuns(crontify, { tracerProvider })
  const connection = { port: redis.port, maxRetriesPerRequest: null }
  const name = `reports-${++numberOfQueues}`
  const otel = new BullMQOtel({ tracerName: 'bullmq' })
  const queue = new Queue(name, { connection, telemetry: otel })
  const worker = new Worker(name, processor, {
    connection,
    autorun: false,
    ...(telemetry && { telemetry: otel }),
  })
  worker.on('error', () => {})
  monitorWorker(worker, { monitors: () => crontify.monitor(MONITOR) })
  onTestFinished(async () => {
    await worker.close(true)
    await queue.close()
    await server.close()
    trace.disable()
  })
  const spansOf = async (count: number): Promise<readonly ReadableSpan[]> => {
    let ended = 0
    await new Promise<void>((resolve) => {
      const onEnd = (job: Job | undefined): void => {
        if (job?.finishedOn !== undefined && ++ended === count) resolve()
      }
      worker.on('completed', onEnd)
      worker.on('failed', onEnd)
      void worker.run()
    })
    await worker.close()
    await crontify.flush()
    return exporter.getFinishedSpans()
  }
  return {
    queue,
    tracer: tracerProvider.getTracer('test'),
    logs: () => server.pings().map(({ logOutput }) => logOutput),
    spansOf,
  }
}

const named = (spans: readonly ReadableSpan[], start: string): readonly ReadableSpan[] =>
  spans.filter(({ name }) => name.startsWith(start))
const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId

it('puts the run between the span that bullmq-otel makes of the job and the spans of the job itself', async () => {
  const { queue, tracer, spansOf } = await setUp(async () => {
    tracer.startSpan('query').end()
  })
  await tracer.startActiveSpan('request', async (span) => {
    await queue.add('report', {})
    span.end()
  })

  const spans = await spansOf(1)

  const [add, process, run, query] = ['add', 'process', 'run', 'query'].map((name) => named(spans, name)[0])
  expect(process?.parentSpanContext?.spanId).toBe(idOf(add))
  expect(run?.parentSpanContext?.spanId).toBe(idOf(process))
  expect(query?.parentSpanContext?.spanId).toBe(idOf(run))
  expect(run?.links.map(({ context: { spanId } }) => spanId)).toEqual([idOf(add)])
  expect(run?.attributes).toMatchObject({ 'messaging.system': 'bullmq', 'messaging.message.id': '1' })
})

it('links the run to where its job was added, when the worker has no telemetry', async () => {
  const { queue, tracer, spansOf } = await setUp(async () => {}, { telemetry: false })
  await tracer.startActiveSpan('request', async (span) => {
    await queue.add('report', {})
    span.end()
  })

  const spans = await spansOf(1)

  const [add] = named(spans, 'add')
  const [run] = named(spans, 'run')
  expect(run?.parentSpanContext).toBeUndefined()
  expect(run?.links.map(({ context: linked }) => linked)).toEqual([{ ...add?.spanContext(), isRemote: true }])
})

it('never makes a run the child of the job that its worker did before', async () => {
  const { queue, spansOf } = await setUp(async () => {})
  await queue.addBulk([
    { name: 'report', data: {} },
    { name: 'report', data: {} },
  ])

  const spans = await spansOf(2)

  const jobIdOf = (span: ReadableSpan | undefined): unknown => span?.attributes['bullmq.job.id']
  const parents = named(spans, 'run').map((run) =>
    spans.find((span) => idOf(span) === run.parentSpanContext?.spanId),
  )
  expect(parents.map(jobIdOf)).toEqual(['1', '2'])
  expect(parents.every((parent) => parent?.name.startsWith('process'))).toBe(true)
})

it('makes one span of a job that is tried three times, linked to each later attempt', async () => {
  const { queue, tracer, logs, spansOf } = await setUp(async (job) => {
    tracer.startSpan(`query ${job.attemptsMade}`).end()
    throw new Error(`no rows ${job.attemptsMade}`)
  })
  await queue.add('report', {}, { attempts: 3 })

  const spans = await spansOf(1)

  const [run, ...others] = named(spans, 'run')
  const processes = named(spans, 'process')
  const [add] = named(spans, 'add')
  expect(others).toEqual([])
  expect(run?.parentSpanContext?.spanId).toBe(idOf(processes[0]))
  expect(run?.links.map(({ context: { spanId } }) => spanId)).toEqual([add, ...processes.slice(1)].map(idOf))
  expect(named(spans, 'query').map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
    Array.from({ length: 3 }, () => idOf(run)),
  )
  expect(run?.status.message).toBe('no rows 2')
  expect(logs().at(-1)).toMatch(new RegExp(`^trace_id=${run?.spanContext().traceId}\n`))
})

it('links to nothing where the context was left out of the job', async () => {
  const { queue, spansOf } = await setUp(async () => {}, { telemetry: false })
  await queue.add('report', {}, { telemetry: { omitContext: true } })

  const [run] = named(await spansOf(1), 'run')

  expect(run?.links).toEqual([])
})
