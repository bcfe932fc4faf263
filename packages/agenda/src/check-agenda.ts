/** @throws {TypeError} for anything that is not an Agenda, saying what it is and what was expected. */
export function checkAgenda(value: unknown): void {
  const candidate = value as
    Partial<Record<'on' | 'off' | 'every' | 'definitions', unknown>> | null | undefined
  const isAgenda =
    ['on', 'off', 'every'].every((method) => typeof candidate?.[method as 'on'] === 'function') &&
    typeof candidate?.definitions === 'object'
  if (isAgenda) return
  throw new TypeError(
    `monitorAgenda takes an Agenda, the object that "new Agenda({ backend })" gives; this is ${nameOf(value)}`,
  )
}

/** What kind of value somebody has handed over by mistake. */
export function nameOf(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `of type ${typeof value}`
  const made: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof made === 'string' && made !== '' && made !== 'Object'
    ? `a ${made}`
    : 'an object of another kind'
}
