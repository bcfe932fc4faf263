import type { FailOptions } from '@crontify/protocol'

/** What an adapter needs of a monitor. A `CrontifyMonitor` is one, and so is a test double. */
export interface Pinger {
  start(): unknown
  success(options?: { readonly meta?: MetaOfAnyMonitor | undefined }): unknown
  fail(
    options?: (Omit<FailOptions, 'meta'> & { readonly meta?: MetaOfAnyMonitor | undefined }) | Error | string,
  ): unknown
}

/** Wide enough that a monitor whose definition knows its fields is a {@link Pinger} too. */
type MetaOfAnyMonitor = Readonly<Record<string, number | undefined>>
