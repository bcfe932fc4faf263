/** What kind of value was handed over by mistake, for an error: `a Queue`, `of type string`. */
export function nameOf(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `of type ${typeof value}`
  const made: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof made === 'string' && made !== '' && made !== 'Object'
    ? `a ${made}`
    : 'an object of another kind'
}
