/** What was given by mistake, for an error: `a Queue`, `a string`, `undefined`. */
export function nameOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const made: unknown = Object.getPrototypeOf(value)?.constructor?.name
  const name = typeof made === 'string' && made !== '' && made !== 'Object' ? made : 'object'
  return /^[AEIOaeio]/.test(name) ? `an ${name}` : `a ${name}`
}
