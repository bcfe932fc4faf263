import { createMockServer } from '@crontify/mock-server'
import { Crontify } from '@crontify/sdk'
import { trace } from '@opentelemetry/api'
import { NodeSDK, tracing } from '@opentelemetry/sdk-node'
import { expect, it, onTestFinished } from 'vitest'
import { traceRuns } from '../src/index.ts'

it.each(['before', 'after'])(
  'finds the global provider of NodeSDK that is started %s traceRuns',
  async (order) => {
    const server = await createMockServer({ monitors: [{ id: 'nightly-report' }] })
    onTestFinished(() => server.close())
    const exporter = new tracing.InMemorySpanExporter()
    const sdk = new NodeSDK({
      spanProcessors: [new tracing.SimpleSpanProcessor(exporter)],
      instrumentations: [],
      // It is read in the background, and holds spans back until then.
      autoDetectResources: false,
      metricReaders: [],
      logRecordProcessors: [],
    })
    const crontify = new Crontify({ apiKey: server.apiKey, baseUrl: server.url, logger: false })
    if (order === 'before') sdk.start()
    const stop = traceRuns(crontify)
    if (order === 'after') sdk.start()

    const run = crontify.monitor('nightly-report').wrap(async () => {
      throw new Error('disk is full')
    })
    await expect(run).rejects.toThrow('disk is full')
    await crontify.close()

    const [span] = exporter.getFinishedSpans()
    expect(span?.name).toBe('run nightly-report')
    expect(server.pings().at(-1)?.logOutput).toMatch(new RegExp(`^trace_id=${span?.spanContext().traceId}\n`))
    expect(exporter.getFinishedSpans()).toHaveLength(1)
    stop()
    await sdk.shutdown()
    trace.disable()
  },
)
