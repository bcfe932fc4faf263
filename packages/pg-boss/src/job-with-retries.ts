/** What is read of a job of pg-boss: what `boss.work` gives with `includeMetadata: true`. */
export interface JobWithRetries {
  readonly id: string
  /** The queue's name. */
  readonly name: string
  /** How often the job was tried before this attempt. */
  readonly retryCount: number
  /** How often it may be tried again after its first attempt. */
  readonly retryLimit: number
  /** How long pg-boss waits for the handler. Seconds. */
  readonly expireInSeconds: number
  /** Aborted when pg-boss gives the job up. pg-boss 12 has it. */
  readonly signal?: AbortSignal
}

/** Whether a failure of the job is final. */
export function isLastAttempt({ retryCount, retryLimit }: JobWithRetries): boolean {
  return retryCount >= retryLimit
}
