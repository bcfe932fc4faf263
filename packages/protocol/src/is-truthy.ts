/** The values that switch an environment variable on. */
const TRUTHY: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on'])

/** True for `1`, `true`, `yes` and `on`, in any case and with spaces around. Anything else, also nothing, is false. */
export function isTruthy(value: string | undefined): boolean {
  return value !== undefined && TRUTHY.has(value.trim().toLowerCase())
}
