import type { BegunRun, ObservedEnd, RunObservation } from '@crontify/sdk/adapter'
import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api'
import { ATTRIBUTES } from './attributes.ts'

/** Spans of runs. */
export interface RunSpans {
  /** Begins a span; `undefined` where no provider makes real ones. */
  begin(run: BegunRun): RunObservation | undefined
}

export function createRunSpans(tracer: Tracer): RunSpans {
  return {
    begin: ({ monitorId, runId, attributes }) => {
      const parent = context.active()
      const span = tracer.startSpan(
        `run ${monitorId}`,
        {
          attributes: {
            ...attributes,
            [ATTRIBUTES.monitorId]: monitorId,
            [ATTRIBUTES.runId]: runId,
          },
        },
        parent,
      )
      const { traceId } = span.spanContext()
      if (!isSpanContextValid(span.spanContext())) return undefined
      return {
        call: (job) => context.with(trace.setSpan(parent, span), job),
        logLine: `trace_id=${traceId}`,
        end: (end) => endSpan(span, end),
      }
    },
  }
}

function endSpan(span: Span, { status, meta, message, error }: ObservedEnd): void {
  span.setAttribute(ATTRIBUTES.status, status)
  for (const [field, value] of Object.entries(meta)) span.setAttribute(ATTRIBUTES.meta + field, value)
  if (status === 'failed') {
    const said = message ?? 'failed'
    span.recordException(error instanceof Error ? error : said)
    span.setStatus({ code: SpanStatusCode.ERROR, message: said })
  }
  span.end()
}
