/** Time, as this package sees it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back every `everyMs` milliseconds until the returned function is called. Never holds the process. */
  every(everyMs: number, callback: () => void): () => void
}
