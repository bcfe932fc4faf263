import type { Meta, RuleOperator } from '@crontify/protocol'
import type { DurationMs, Instant } from './clock.ts'

/** A rule that matched, with the value that made it match. */
export interface MatchedRule {
  readonly field: string
  readonly operator: RuleOperator
  readonly threshold: number
  readonly value: number
}

/** The alert types that this engine raises, each with its facts. Names ending in `At` are instants. */
export type AlertFacts =
  | {
      readonly type: 'failure'
      readonly details: {
        readonly errorMessage?: string
        /** The first 500 characters of the log. [D CHAN] */
        readonly logSnippet?: string
        readonly durationMs?: DurationMs
        readonly meta?: Meta
      }
    }
  | {
      readonly type: 'missed'
      readonly details: {
        /** The first slot that this sweep found missed. */
        readonly expectedAt: Instant
        readonly graceMs: DurationMs
        readonly lastPingAt: Instant
        /** Slots found missed by this sweep, at least 1. */
        readonly slotsMissed: number
        /** Of these, the ones without a run record of their own, because one sweep writes only so many. */
        readonly slotsNotRecorded: number
        /** Present where there were too many slots to count: then there are more than `slotsMissed`. */
        readonly countStopped?: true
      }
    }
  | {
      readonly type: 'hung'
      readonly details: {
        readonly startedAt: Instant
        readonly openMs: DurationMs
        readonly limitMs: DurationMs
        /** Present where older runs were superseded without an end: the start of the first of them. */
        readonly noEndSinceAt?: Instant
      }
    }
  | {
      readonly type: 'overlapped'
      readonly details: {
        readonly startedAt: Instant
        readonly openMs: DurationMs
        /** The run that has begun instead. */
        readonly newRunId: string
      }
    }
  | { readonly type: 'silent_failure'; readonly details: { readonly rules: readonly MatchedRule[] } }
  | {
      readonly type: 'slow'
      readonly details: {
        readonly durationMs: DurationMs
        /** What is usual: the mean, or the median, of the runs before. */
        readonly usualMs: DurationMs
        /** How many runs that was reckoned from. */
        readonly usualRuns: number
        /** The run took longer than this. */
        readonly limitMs: DurationMs
      }
    }
  | {
      readonly type: 'failure_rate'
      readonly details: {
        /** Failed ones among the last runs, this one among them. */
        readonly failedRuns: number
        readonly runs: number
        /** `failedRuns / runs`. */
        readonly share: number
        /** The share that was passed. */
        readonly above: number
        /** Of the failure that passed it. */
        readonly errorMessage?: string
        /** The first 500 characters of its log. */
        readonly logSnippet?: string
      }
    }
  | {
      readonly type: 'test'
      readonly details: { readonly channelId: string }
    }
  | {
      readonly type: 'recovery'
      readonly details: {
        readonly outageMs: DurationMs
        readonly failingFromAt: Instant
        /** Present where successes in a row matched a rule, and this one does not: how many they were. */
        readonly silentRuns?: number
      }
    }

/** The facts of an alert about a monitor. */
export type MonitorAlertFacts = Exclude<AlertFacts, { readonly type: 'test' }>
