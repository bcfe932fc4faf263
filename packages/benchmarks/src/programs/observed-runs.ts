import { traceRuns } from '@crontify/opentelemetry'
import { Crontify, type CrontifyMonitor } from '@crontify/sdk'
import { runLogStream } from '@crontify/sdk/context'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import pino from 'pino'
import { median } from '../harness/statistics.ts'
import { print } from './print.ts'

/**
 * What a run costs without its pings, what tracing adds, and what a logger's line costs that becomes a line of the run. Each round
 * measures both sides of a difference, one right after the other; the first round is the compiler's.
 */
const ROUNDS = 9
const RUNS = 4_000
const LINES = 20_000
const MANY_LINES = 1_000_000

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

/** Microseconds of processor time for one of so many. */
async function cpuOfOne(count: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

let endedSpans = 0
const counting: SpanProcessor = {
  onStart: () => {},
  onEnd: () => (endedSpans += 1),
  forceFlush: async () => {},
  shutdown: async () => {},
}

const plain = new Crontify({ enabled: false }).monitor('job')
const traced = new Crontify({ enabled: false })
traceRuns(traced, { tracerProvider: new BasicTracerProvider({ spanProcessors: [counting] }) })

const runCost = (monitor: CrontifyMonitor): Promise<number> =>
  cpuOfOne(RUNS, async () => {
    for (let run = 0; run < RUNS; run += 1) await monitor.wrap(async () => ({ rows: 1 }))
  })

const write = (stream: { write(text: string): void }, lines: number): Promise<unknown> => {
  const logger = pino({}, stream)
  return plain.wrap(() => {
    for (let line = 0; line < lines; line += 1) logger.info({ line }, 'copied a file')
  })
}
const lineCost = (stream: { write(text: string): void }): Promise<number> =>
  cpuOfOne(LINES, () => write(stream, LINES))

/** Bytes, after a collection of garbage, of the heap while a run is open that has written so many lines. */
async function heapWith(lines: number): Promise<number> {
  const logger = pino({}, runLogStream())
  return plain.wrap(() => {
    for (let line = 0; line < lines; line += 1) logger.info({ line }, 'copied a file')
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  })
}

const nowhere = { write: () => {} }
const rounds: { runUs: number; tracedUs: number; lineUs: number }[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const runUs = await runCost(plain)
  const tracedUs = (await runCost(traced.monitor('job'))) - runUs
  const withoutLines = await lineCost(nowhere)
  rounds.push({ runUs, tracedUs, lineUs: (await lineCost(runLogStream())) - withoutLines })
}
if (endedSpans !== ROUNDS * RUNS) throw new Error(`${ROUNDS * RUNS} runs made ${endedSpans} spans`)
const [, ...counted] = rounds
const early = await heapWith(LINES)
print({
  runUs: median(counted.map(({ runUs }) => runUs)),
  tracedUs: median(counted.map(({ tracedUs }) => tracedUs)),
  lineUs: median(counted.map(({ lineUs }) => lineUs)),
  heapGrowth: (await heapWith(MANY_LINES)) / early,
})
