import type { Severity } from './statuses.ts'

/** From the least urgent to the most. */
export const SEVERITIES: readonly Severity[] = ['info', 'warning', 'critical']

/** True if `severity` is as urgent as `minimum`, or more. */
export function reachesSeverity(severity: Severity, minimum: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimum)
}
