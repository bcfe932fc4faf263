import { DEFAULT_GRACE_SECONDS, type Tier } from '@crontify/protocol'
import type { Attention } from '../attention.ts'
import type { MockMonitor } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import type { RunStatistics } from './run-statistics.ts'

/** One line of the list of monitors. */
export interface MonitorSummary extends RunStatistics {
  readonly id: string
  readonly name: string
  readonly status: MockMonitor['status']
  readonly tier?: Tier
  readonly tags: readonly string[]
  readonly schedule?: string
  readonly everySeconds?: number
  readonly timezone?: string
  readonly graceSeconds: number
  readonly lastPingAt?: IsoInstant
  readonly nextExpectedAt?: IsoInstant
  readonly failingSince?: IsoInstant
  readonly openRunId?: string
  readonly pause?: MockMonitor['pause'] & object
  /** Present where somebody should look at it: why, since when, how many in a row, who was told. */
  readonly attention?: Attention
}

/** Puts together what a line of the list shows. Pure. */
export function monitorSummary(
  { definition, id, name, status, outage: _outage, silentFailure: _silent, ...facts }: MockMonitor,
  statistics: RunStatistics,
  attention: Attention | undefined,
): MonitorSummary {
  const {
    tier,
    tags = [],
    schedule,
    everySeconds,
    timezone,
    graceSeconds = DEFAULT_GRACE_SECONDS,
  } = definition
  return {
    id,
    name,
    status,
    ...(tier === undefined ? {} : { tier }),
    tags,
    ...(schedule === undefined ? {} : { schedule }),
    ...(everySeconds === undefined ? {} : { everySeconds }),
    ...(timezone === undefined ? {} : { timezone }),
    graceSeconds,
    ...facts,
    ...statistics,
    ...(attention === undefined ? {} : { attention }),
  }
}
