/** What a decorator of `@nestjs/schedule` has left on a method. */
export type SchedulerMark =
  | {
      readonly kind: 'cron'
      readonly name: string | undefined
      readonly cronTime: unknown
      readonly timeZone: string | undefined
      readonly utcOffset: unknown
      readonly isDisabled: boolean
    }
  | { readonly kind: 'interval'; readonly name: string | undefined; readonly everyMs: number }
  | { readonly kind: 'timeout'; readonly name: string | undefined }

/**
 * Reads the metadata of `@Cron`, `@Interval` or `@Timeout`, in versions 4 to 12 of `@nestjs/schedule`: they are on the function, under
 * names that the library has had from its beginning and does not export.
 */
export function readSchedulerMark(method: unknown): SchedulerMark | undefined {
  if (typeof method !== 'function') return undefined
  const read = (key: string): unknown => metadataOf(key, method)
  const named = read('SCHEDULER_NAME')
  const name = typeof named === 'string' && named !== '' ? named : undefined
  const cron = read('SCHEDULE_CRON_OPTIONS') as CronMetadata | undefined
  switch (read('SCHEDULER_TYPE')) {
    case 1:
      return {
        kind: 'cron',
        name,
        cronTime: cron?.cronTime,
        timeZone: typeof cron?.timeZone === 'string' ? cron.timeZone : undefined,
        utcOffset: cron?.utcOffset ?? undefined,
        isDisabled: cron?.disabled === true,
      }
    case 2:
      return { kind: 'timeout', name }
    case 3: {
      const { timeout } = (read('SCHEDULE_INTERVAL_OPTIONS') ?? {}) as { readonly timeout?: unknown }
      return { kind: 'interval', name, everyMs: Number(timeout) }
    }
    default:
      return undefined
  }
}

interface CronMetadata {
  readonly cronTime?: unknown
  readonly timeZone?: unknown
  readonly utcOffset?: unknown
  readonly disabled?: unknown
}

function metadataOf(key: string, target: object): unknown {
  return (Reflect as { getMetadata?(key: string, target: object): unknown }).getMetadata?.(key, target)
}
