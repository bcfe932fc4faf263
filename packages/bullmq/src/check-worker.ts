import { nameOf } from '@crontify/sdk/adapter'

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
