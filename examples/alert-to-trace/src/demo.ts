/**
 * A job that fails under OpenTelemetry, and the Slack message that leads to its trace. Exits with 1 if it does not.
 *
 *     node dist/demo.js
 */
import { createMockServer } from '@crontify/mock-server'
import { traceRuns } from '@crontify/opentelemetry'
import { Crontify } from '@crontify/sdk'
import { runLogStream } from '@crontify/sdk/context'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import pino from 'pino'
import { writeReport } from './report.ts'

const server = await createMockServer({
  monitors: [{ id: 'nightly-report', name: 'Nightly report', channels: ['team'] }],
  channels: [{ id: 'team', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' }],
})

// What a team with OpenTelemetry has already. The exporter keeps the spans here, where a real one would send them.
const exporter = new InMemorySpanExporter()
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url })
traceRuns(crontify, { tracerProvider })
const logger = pino({ base: null, timestamp: false }, runLogStream())

const world = {
  tracer: tracerProvider.getTracer('report'),
  logger,
  readRows: () => Promise.reject(new Error('the database is gone')),
}
await crontify
  .monitor('nightly-report')
  .wrap(() => writeReport(world))
  .catch(() => {})

const message = JSON.stringify(server.notifications('team')[0])
const traceId = /trace_id=([0-9a-f]{32})/.exec(message)?.[1]
const spans = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId)
console.log(server.pings().at(-1)?.logOutput)
console.log(`\nThe trace ${traceId ?? 'is missing'}:`)
for (const { name, status } of spans.toReversed())
  console.log(`  ${name}${status.message === undefined ? '' : `: ${status.message}`}`)
await crontify.close()
await server.close()

const isWhole = spans.map(({ name }) => name).join() === 'read rows,run nightly-report'
console.log(
  isWhole ? '\nAs promised: the message leads to the trace' : '\nThe message does not lead to the trace',
)
process.exitCode = isWhole ? 0 : 1
