/** What an audit has found: one thing, about one monitor or about the whole. */
export interface Finding {
  /** Names the check, for filters: never changes. */
  readonly check: string
  /** `missing` is not acceptable for a job of this tier and fails the audit; `advice` does not. */
  readonly level: 'missing' | 'advice'
  /** `undefined` where no single monitor is meant. */
  readonly monitorId: string | undefined
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** A finding without what the audit knows by itself. */
export type FoundBy = Omit<Finding, 'check' | 'monitorId'>
