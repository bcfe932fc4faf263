import { nameOf } from '@crontify/sdk/adapter'

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
