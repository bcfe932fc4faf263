import { DEFAULT_GRACE_SECONDS, type Tier } from '@crontify/protocol'
import type { MockAlert, MockMonitor } from '../mock-records.ts'
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
  /** What was found out last: why a failing monitor is failing. */
  readonly lastAlert?: Pick<MockAlert, 'type' | 'severity' | 'at' | 'message'>
}

/** Puts together what a line of the list shows. Pure. */
export function monitorSummary(
  { definition, id, name, status, ...facts }: MockMonitor,
  statistics: RunStatistics,
  lastAlert: MockAlert | undefined,
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
    ...(lastAlert === undefined
      ? {}
      : {
          lastAlert: {
            type: lastAlert.type,
            severity: lastAlert.severity,
            at: lastAlert.at,
            message: lastAlert.message,
          },
        }),
  }
}
