import type { ChannelInput, MonitorDefinition } from '@crontify/protocol'
import { alertChannels } from './checks/alert-channels.ts'
import { clockChange } from './checks/clock-change.ts'
import { cooldown } from './checks/cooldown.ts'
import { durationTracking } from './checks/duration-tracking.ts'
import { failureLog } from './checks/failure-log.ts'
import { failureRate } from './checks/failure-rate.ts'
import { fed } from './checks/fed.ts'
import { gracePeriod } from './checks/grace-period.ts'
import { knownTier } from './checks/known-tier.ts'
import { maxDuration } from './checks/max-duration.ts'
import { missedRun } from './checks/missed-run.ts'
import { readableSchedule } from './checks/readable-schedule.ts'
import { recoveryAlert } from './checks/recovery-alert.ts'
import { runbook } from './checks/runbook.ts'
import { scheduleDialect } from './checks/schedule-dialect.ts'
import { silentFailure } from './checks/silent-failure.ts'
import { startPings } from './checks/start-pings.ts'
import { testedChannels } from './checks/tested-channels.ts'
import { timeZone } from './checks/time-zone.ts'
import type { Finding, FoundBy } from './finding.ts'
import type { AuditJournal } from './journal.ts'
import { observe, unknownMonitors } from './observe.ts'
import type { Subject } from './subject.ts'

const LEVELS: readonly Finding['level'][] = ['missing', 'advice']

/** In the order in which findings of one level about one monitor are listed. */
const CHECKS: Readonly<Record<string, (subject: Subject) => readonly FoundBy[]>> = {
  tier: knownTier,
  fed,
  'missed-run': missedRun,
  schedule: readableSchedule,
  'max-duration': maxDuration,
  channels: alertChannels,
  'tested-channels': testedChannels,
  'failure-log': failureLog,
  'silent-failure': silentFailure,
  'start-pings': startPings,
  'duration-tracking': durationTracking,
  'time-zone': timeZone,
  'schedule-dialect': scheduleDialect,
  'clock-change': clockChange,
  grace: gracePeriod,
  cooldown,
  'failure-rate': failureRate,
  recovery: recoveryAlert,
  runbook,
}

/** What is audited. */
export interface Definitions {
  readonly monitors: readonly MonitorDefinition[]
  readonly channels?: readonly ChannelInput[]
}

/** Evidence besides the definitions. */
export interface AuditEvidence {
  /** Pings of real runs, as the local Crontify has recorded them. */
  readonly journal?: AuditJournal
  /** Ids of channels on which a test alert arrived. */
  readonly testedChannels?: readonly string[]
}

/**
 * Checks definitions against what jobs of their tier need, and returns what is missing before the advice. Never throws for valid definitions.
 *
 * Durations, logs and metadata that jobs really send are checked only with a journal.
 *
 * @example
 * import { auditDefinitions } from '@crontify/cli'
 *
 * const findings = auditDefinitions({ monitors: [{ id: 'nightly-backup', tier: 1 }] })
 * console.log(findings.filter(({ level }) => level === 'missing').map(({ what }) => what))
 */
export function auditDefinitions(
  { monitors, channels = [] }: Definitions,
  { journal, testedChannels: tested = [] }: AuditEvidence = {},
): readonly Finding[] {
  const known = monitors.map(({ id }) => id)
  const strangers = journal === undefined ? [] : unknownMonitors(journal, known)
  const findings: readonly Finding[] = [
    ...monitors.flatMap((monitor) => {
      const subject: Subject = {
        monitor,
        tier: monitor.tier ?? 2,
        channels: channels.filter(({ id }) => monitor.channels?.includes(id) === true),
        testedChannels: new Set(tested),
        observed: journal && observe(journal, monitor.id),
      }
      return Object.entries(CHECKS).flatMap(([check, find]) =>
        find(subject).map((found) => ({ check, monitorId: monitor.id, ...found })),
      )
    }),
    ...strangers.map((id) => ({
      check: 'unknown-monitor',
      level: 'missing' as const,
      monitorId: id,
      what: 'a job pings it, but it is not defined',
      why: 'its pings are rejected, so its failures do not alert',
      fix: `define the monitor "${id}", or correct the id in the job`,
    })),
  ]
  return findings.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}
