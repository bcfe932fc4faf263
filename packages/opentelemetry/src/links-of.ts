import type { TraceCarrier } from '@crontify/sdk/adapter'
import { isSpanContextValid, propagation, ROOT_CONTEXT, trace, type Link } from '@opentelemetry/api'

/** A link to the span in which the job was added, by the global propagator; none where it finds no span. */
export function linksOf(carrier: TraceCarrier): Link[] {
  const carried = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, carrier))
  return carried !== undefined && isSpanContextValid(carried) ? [{ context: carried }] : []
}
