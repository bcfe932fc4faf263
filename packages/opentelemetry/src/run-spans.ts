import type { BegunRun, ObservedEnd, RunObservation } from '@crontify/sdk/adapter'
import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
  type SpanContext,
  type Tracer,
} from '@opentelemetry/api'
import { ATTRIBUTES } from './attributes.ts'
import { exceptionOf } from './exception-of.ts'
import { linksOf } from './links-of.ts'

/** Spans of runs. */
export interface RunSpans {
  /** Observes a run by a span. */
  begin(run: BegunRun): RunObservation
}

/**
 * A span begins where the job is called, because that is where its parent is active: a queue's worker announces a job before, in the context of
 * the job that it did last. A run whose job nobody calls, as one started by hand, gets its span at its end, with the time and the
 * parent of its start.
 */
export function createRunSpans(tracerOf: () => Tracer, now: () => number): RunSpans {
  return {
    begin: (run) => {
      const begunAt = now()
      const begunIn = context.active()
      let span: Span | undefined
      return {
        call: (job) => {
          const active = context.active()
          if (span === undefined) span = startSpan(tracerOf(), run, active)
          else linkTo(span, trace.getSpanContext(active))
          if (isReal(span)) context.with(trace.setSpan(active, span), job)
          else job()
        },
        get logLine() {
          span ??= startSpan(tracerOf(), run, begunIn, begunAt)
          return isReal(span) ? logLineOf(span.spanContext()) : undefined
        },
        end: (end) => {
          span ??= startSpan(tracerOf(), run, begunIn, begunAt)
          endSpan(span, end)
        },
      }
    },
  }
}

function startSpan(tracer: Tracer, run: BegunRun, parent: Context, startTime?: number): Span {
  const { monitorId, runId, attributes, carrier } = run
  return tracer.startSpan(
    `run ${monitorId}`,
    {
      attributes: { ...attributes, [ATTRIBUTES.monitorId]: monitorId, [ATTRIBUTES.runId]: runId },
      // Otherwise Sentry gives all of a process's root spans one trace id.
      root: trace.getSpanContext(parent) === undefined,
      ...(startTime !== undefined && { startTime }),
      ...(carrier !== undefined && { links: linksOf(carrier) }),
    },
    parent,
  )
}

/** A later attempt of the job is called inside another span. */
function linkTo(span: Span, active: SpanContext | undefined): void {
  const isOther = active !== undefined && active.spanId !== span.spanContext().spanId
  // Spans of older providers have no `addLink`.
  if (isOther) (span as Partial<Span>).addLink?.({ context: active })
}

function isReal(span: Span): boolean {
  return isSpanContextValid(span.spanContext())
}

/** A trace that the provider does not keep is named as such: nobody should search for it. */
function logLineOf({ traceId, traceFlags }: SpanContext): string {
  const isKept = (traceFlags & TraceFlags.SAMPLED) !== 0
  return `trace_id=${traceId}${isKept ? '' : ' (not sampled)'}`
}

/** As much of a message as the service keeps, in characters. */
const MAX_MESSAGE_LENGTH = 500

function endSpan(span: Span, { status, meta, message: whole = 'failed', error }: ObservedEnd): void {
  const message = whole.slice(0, MAX_MESSAGE_LENGTH)
  try {
    span.setAttribute(ATTRIBUTES.status, status)
    for (const [field, value] of Object.entries(meta)) span.setAttribute(ATTRIBUTES.meta + field, value)
    if (status !== 'failed') return
    span.setStatus({ code: SpanStatusCode.ERROR, message })
    span.recordException(exceptionOf(error, message))
  } finally {
    // The alert names this span, so it is exported even if the lines above throw.
    span.end()
  }
}
