import { nameOf } from '@crontify/sdk/adapter'

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
