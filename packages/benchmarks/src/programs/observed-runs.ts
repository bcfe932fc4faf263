import { traceRuns } from '@crontify/opentelemetry'
import { Crontify } from '@crontify/sdk'
import { runLogStream } from '@crontify/sdk/context'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import pino from 'pino'
import { print } from './print.ts'

/** What a run costs without its pings, what tracing adds, and what a logger's line costs that becomes a line of the run. */
const RUNS = 20_000
const LINES = 100_000

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

/** Microseconds of processor time for one of so many. */
async function cpuOfOne(count: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

async function runCost(isTraced: boolean): Promise<number> {
  const crontify = new Crontify({ enabled: false })
  if (isTraced) traceRuns(crontify, { tracerProvider: new BasicTracerProvider() })
  const monitor = crontify.monitor('job')
  return cpuOfOne(RUNS, async () => {
    for (let run = 0; run < RUNS; run += 1) await monitor.wrap(async () => ({ rows: 1 }))
  })
}

async function lineCost(stream: { write(text: string): void }): Promise<number> {
  const logger = pino({}, stream)
  const monitor = new Crontify({ enabled: false }).monitor('job')
  return cpuOfOne(LINES, () =>
    monitor.wrap(() => {
      for (let line = 0; line < LINES; line += 1) logger.info({ line }, 'copied a file')
    }),
  )
}

const nowhere = { write: () => {} }
// Once for the compiler.
for (const isTraced of [false, true]) await runCost(isTraced)
for (const stream of [nowhere, runLogStream()]) await lineCost(stream)
const runUs = await runCost(false)
print({
  runUs,
  tracedUs: (await runCost(true)) - runUs,
  lineUs: (await lineCost(runLogStream())) - (await lineCost(nowhere)),
})
