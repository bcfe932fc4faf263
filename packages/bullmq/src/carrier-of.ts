import type { TraceCarrier } from '@crontify/sdk/adapter'
import type { WatchedJob } from './bullmq-binding.ts'

/**
 * The trace context that a job carries from where it was added.
 *
 * `bullmq-otel` notes it as JSON of headers. What other implementations of BullMQ's `Telemetry` note differently is no carrier.
 */
export function carrierOf({ opts }: WatchedJob): TraceCarrier | undefined {
  const noted = opts.telemetry?.metadata
  if (typeof noted !== 'string') return undefined
  try {
    const headers: unknown = JSON.parse(noted)
    if (typeof headers !== 'object' || headers === null) return undefined
    const texts = Object.entries(headers).filter(([, value]) => typeof value === 'string')
    return texts.length === 0 ? undefined : (Object.fromEntries(texts) as TraceCarrier)
  } catch {
    return undefined
  }
}
