import type { Pinger } from '../run/layers/pinger.ts'

/** Whether a value can be pinged: a `CrontifyMonitor`, a monitor of a `Crontify`, or a test double. Never throws. */
export function isMonitor(value: unknown): value is Pinger {
  const candidate = value as Partial<Record<keyof Pinger, unknown>> | null | undefined
  return (['start', 'success', 'fail'] as const).every((method) => typeof candidate?.[method] === 'function')
}
