import type { ChannelInput, MonitorDefinition, Tier } from '@crontify/protocol'

/** What the pings of a monitor have shown. */
export interface Observed {
  readonly starts: number
  readonly ends: number
  readonly fails: number
  readonly failsWithLog: number
  /** Milliseconds of successful runs that had a start. */
  readonly durationsMs: readonly number[]
  /** Metadata fields that some success had. */
  readonly fields: ReadonlySet<string>
}

/** One monitor, as its checks see it. */
export interface Subject {
  readonly monitor: MonitorDefinition
  /** The monitor's, or 2 where it says none: neither harmless nor the backup. */
  readonly tier: Tier
  /** Those of its channels that are defined. */
  readonly channels: readonly ChannelInput[]
  readonly testedChannels: ReadonlySet<string>
  /** `undefined` where there is no journal. */
  readonly observed: Observed | undefined
}

/** `missing` for the tiers up to this one, else `advice`. */
export function missingUpTo(tier: Tier, subject: Subject): 'missing' | 'advice' {
  return subject.tier <= tier ? 'missing' : 'advice'
}
