/** @throws {TypeError} for anything that is not a task of node-cron, saying what it is and what was expected. */
export function checkTask(value: unknown, caller: string): void {
  const candidate = value as Partial<Record<'on' | 'off' | 'execute', unknown>> | null | undefined
  const isTask = (['on', 'off', 'execute'] as const).every(
    (method) => typeof candidate?.[method] === 'function',
  )
  if (isTask) return
  const hint = typeof value === 'function' ? '; a function is watched by monitorJob' : ''
  throw new TypeError(
    `${caller} takes a task of node-cron, the object that cron.schedule() or cron.createTask() gives; this is ${nameOf(value)}${hint}`,
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
