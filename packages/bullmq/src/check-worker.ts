/** @throws {TypeError} for anything that is not a BullMQ `Worker`, saying what it is and what was expected. */
export function checkWorker(value: unknown, caller: string): void {
  const candidate = value as Partial<Record<'on' | 'off' | 'processJob' | 'add', unknown>> | null | undefined
  const isWorker = ['on', 'off', 'processJob'].every(
    (method) => typeof candidate?.[method as 'on'] === 'function',
  )
  if (isWorker) return
  throw new TypeError(
    `${caller} takes a Worker of BullMQ, the object that "new Worker(queueName, processor)" gives; this is ${nameOf(value)}`,
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
