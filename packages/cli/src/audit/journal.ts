/** What the audit reads of a journal of the local Crontify: the result of its `journal()`, or of `/__control/journal`. */
export interface AuditJournal {
  readonly entries: readonly (
    AuditRequest | { readonly type: 'paused' | 'resumed' | 'removed' | 'defined' | 'acknowledged' }
  )[]
}

/** One request in it. */
export interface AuditRequest {
  readonly type: 'request'
  readonly path: string
  readonly monitorId?: string
  readonly kind?: string
  /** Why it was refused. */
  readonly reason?: string
  /** Present if a ping took effect. */
  readonly ping?: { readonly at: string; readonly meta?: object; readonly logSnippet?: string }
}
