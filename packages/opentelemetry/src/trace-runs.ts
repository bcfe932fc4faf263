import type { Crontify, CrontifyMonitor } from '@crontify/sdk'
import { attempt, createWatchedOnce, nameOf, observeRuns, readRunOptions, warn } from '@crontify/sdk/adapter'
import { metrics, trace, type MeterProvider, type Tracer, type TracerProvider } from '@opentelemetry/api'
import { countDroppedPings } from './dropped-pings.ts'
import { createRunMetrics, type RunMetrics } from './run-metrics.ts'
import { createRunSpans } from './run-spans.ts'
import { systemNow } from './system-clock.ts'

/** Where spans and metrics go. */
export interface TraceRunsOptions {
  /** @default the global one */
  readonly tracerProvider?: TracerProvider | undefined
  /** @default the global one */
  readonly meterProvider?: MeterProvider | undefined
}

const NAME = '@crontify/opentelemetry'
const traced = createWatchedOnce<Crontify | CrontifyMonitor>()

/**
 * Makes a span of each run, measures runs, and puts the trace id at the start of a fail ping's log, so that an alert leads to its trace.
 *
 * A run's span is a child of the active span, or a root. The job runs inside it, so its own spans are children. Pings themselves stay
 * untraced. Without a provider nothing happens. Never throws: what is no client or no provider is a warning, and stays untraced; a second call
 * for the same client too.
 *
 * @param client  A `Crontify`, or a `CrontifyMonitor`; a monitor that a `Crontify` made stands for all monitors of that client.
 * @returns a function that ends it.
 * @example
 * import { traceRuns } from '@crontify/opentelemetry'
 * import { Crontify } from '@crontify/sdk'
 *
 * const crontify = new Crontify({ apiKey: 'ck_live_example' })
 * const stop = traceRuns(crontify)
 * await crontify.monitor('nightly-backup').wrap(async () => ({ files_copied: 120 }))
 * stop()
 */
export function traceRuns(client: Crontify | CrontifyMonitor, options: TraceRunsOptions = {}): () => void {
  const { tracerProvider, meterProvider } = readRunOptions('traceRuns', options, {
    tracerProvider: [],
    meterProvider: [],
  })
  warnOfWrong(client, { tracerProvider, meterProvider })
  // Asked for each span: a copy of the API that another module format has loaded tells a tracer of this one nothing of a later provider.
  const tracerOf = (): Tracer => (tracerProvider ?? trace).getTracer(NAME)
  if (isWithout(client, 'stats')) return () => {}
  if (!traced.claim(client, 'traceRuns was called twice for one client. The second call does nothing.'))
    return () => {}
  let measured: Measured | undefined
  // Asked again at each run: instruments of the global provider stay without effect when another one is set later.
  const measure = (): RunMetrics => {
    const provider = meterProvider ?? metrics.getMeterProvider()
    if (measured?.provider === provider) return measured.runs
    measured?.stop()
    const meter = provider.getMeter(NAME)
    measured = { provider, runs: createRunMetrics(meter), stop: countDroppedPings(provider, meter, client) }
    return measured.runs
  }
  // Drops are counted from now on, also where no run begins: heartbeats are no runs.
  attempt(measure, undefined)
  // Two observers: a provider that throws takes nothing from the other.
  const stops = [
    observeRuns(client, createRunSpans(tracerOf, systemNow)),
    observeRuns(client, { begin: (run) => ({ end: measure().begin(run) }) }),
  ]
  if (stops.includes(undefined)) {
    warn(
      `The client that traceRuns got is not of the copy of @crontify/sdk that ${NAME} uses. Its runs are not traced. "npm ls @crontify/sdk" shows the copies; one is needed.`,
    )
  }
  return () => {
    for (const stop of stops) stop?.()
    measured?.stop()
    traced.release(client)
  }
}

interface Measured {
  readonly provider: MeterProvider
  readonly runs: RunMetrics
  readonly stop: () => void
}

function warnOfWrong(client: object, { tracerProvider, meterProvider }: TraceRunsOptions): void {
  if (isWithout(client, 'stats')) {
    warn(`traceRuns takes a Crontify or a CrontifyMonitor, got ${nameOf(client)}. Nothing is traced.`)
  }
  if (tracerProvider !== undefined && isWithout(tracerProvider, 'getTracer')) {
    warn(
      `The option "tracerProvider" of traceRuns takes a TracerProvider, got ${nameOf(tracerProvider)}. There are no spans.`,
    )
  }
  if (meterProvider !== undefined && isWithout(meterProvider, 'getMeter')) {
    warn(
      `The option "meterProvider" of traceRuns takes a MeterProvider, got ${nameOf(meterProvider)}. There are no metrics.`,
    )
  }
}

function isWithout(value: unknown, method: string): boolean {
  return typeof (value as Readonly<Record<string, unknown>> | null | undefined)?.[method] !== 'function'
}
