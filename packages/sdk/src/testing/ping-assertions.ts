import type { RecordedPing } from './recorded-ping.ts'

/** What a test found wrong. Named so that test runners show it as what it is. */
export class PingAssertionError extends Error {
  override readonly name = 'AssertionError'
}

/** @throws {PingAssertionError} unless the monitor's last run has succeeded, with at least these metadata. */
export function assertSucceeded(
  pings: readonly RecordedPing[],
  monitorId: string,
  meta: Readonly<Record<string, number>> = {},
): RecordedPing {
  const end = lastEnd(pings, monitorId, 'succeeded')
  const wrong = Object.keys(meta).filter((field) => !Object.is(end.meta[field], meta[field]))
  if (end.kind === 'success' && wrong.length === 0) return end
  const expected =
    end.kind === 'success' ? `with ${JSON.stringify(meta)} (${wrong.join(', ')})` : 'and it failed'
  throw new PingAssertionError(
    `The last run of "${monitorId}" should have succeeded ${expected}\n${shown(pings)}`,
  )
}

/** @throws {PingAssertionError} unless the monitor's last run has failed, with such a message. */
export function assertFailed(
  pings: readonly RecordedPing[],
  monitorId: string,
  message: string | RegExp = '',
): RecordedPing {
  const end = lastEnd(pings, monitorId, 'failed')
  const text = end.message ?? ''
  const fits = typeof message === 'string' ? text.includes(message) : message.test(text)
  if (end.kind === 'fail' && fits) return end
  throw new PingAssertionError(
    `The last run of "${monitorId}" should have failed with a message like ${String(message)}\n${shown(pings)}`,
  )
}

/** @throws {PingAssertionError} if there was any ping; of this monitor, if one is named. */
export function assertNothingPinged(pings: readonly RecordedPing[], monitorId?: string): void {
  const found = pings.filter((ping) => monitorId === undefined || ping.monitorId === monitorId)
  if (found.length === 0) return
  throw new PingAssertionError(`Nothing should have been pinged\n${shown(found)}`)
}

function lastEnd(pings: readonly RecordedPing[], monitorId: string, verb: string): RecordedPing {
  const end = pings.findLast((ping) => ping.monitorId === monitorId && ping.kind !== 'start')
  if (end !== undefined) return end
  throw new PingAssertionError(
    `A run of "${monitorId}" should have ${verb}, and none has ended\n${shown(pings)}`,
  )
}

/** What there was instead, line by line. */
function shown(pings: readonly RecordedPing[]): string {
  if (pings.length === 0) return 'There were no pings.'
  const lines = pings.map(({ monitorId, kind, meta, message }) => {
    const numbers = Object.keys(meta).length === 0 ? '' : ` ${JSON.stringify(meta)}`
    return `  ${monitorId} ${kind}${numbers}${message === undefined ? '' : ` "${message}"`}`
  })
  return `The pings were:\n${lines.join('\n')}`
}
