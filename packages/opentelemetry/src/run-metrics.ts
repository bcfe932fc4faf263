import type { BegunRun, ObservedEnd } from '@crontify/sdk/adapter'
import type { Meter } from '@opentelemetry/api'
import { ATTRIBUTES } from './attributes.ts'

/** From a second to half a day, in seconds: jobs take longer than requests. */
const DURATION_BUCKETS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 10_800, 43_200]
const DURATION_FIELD = 'duration_ms'

/** Measures of runs. */
export interface RunMetrics {
  /** Gives what takes the end of the run. */
  begin(run: BegunRun): (end: ObservedEnd) => void
}

export function createRunMetrics(meter: Meter): RunMetrics {
  const durations = meter.createHistogram('crontify.run.duration', {
    description: 'How long runs took',
    unit: 's',
    advice: { explicitBucketBoundaries: DURATION_BUCKETS },
  })
  const runs = meter.createCounter('crontify.runs', { description: 'Runs that ended', unit: '{run}' })
  return {
    begin:
      ({ monitorId }) =>
      ({ status, meta }) => {
        if (status === 'left') return
        const attributes = { [ATTRIBUTES.monitorId]: monitorId, [ATTRIBUTES.status]: status }
        runs.add(1, attributes)
        const tookMs = meta[DURATION_FIELD]
        if (tookMs !== undefined) durations.record(tookMs / 1_000, attributes)
      },
  }
}
