/** How long `flush` and `close` may take. */
export interface FlushOptions {
  /**
   * Milliseconds, 0 or more; 0 looks once and does not wait.
   *
   * @default 5_000
   */
  readonly withinMs?: number | undefined
}

const DEFAULT_FLUSH_MS = 5_000

/** Milliseconds; what is no number, or a negative one, counts as not given. */
export function flushMs({ withinMs }: FlushOptions): number {
  return typeof withinMs === 'number' && withinMs >= 0 ? withinMs : DEFAULT_FLUSH_MS
}
