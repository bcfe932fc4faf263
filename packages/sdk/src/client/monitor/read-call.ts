import { readMeta, type Meta } from '@crontify/protocol'
import type { OpenClient } from '../open-client.ts'
import { leadWithFrames } from '../../run/log/compose-log.ts'
import { readCallOptions } from './read-call-options.ts'

/** What a ping method was handed, as far as it can be sent: redacted, but not yet cut. */
export interface Call {
  readonly meta: Meta
  readonly message: string | undefined
  readonly log: string | undefined
}

/** Reads what the callers of one monitor hand over; what cannot be used is left out, with one warning. */
export interface CallReader {
  read(call: 'success' | 'fail', given: unknown): Call
  onDroppedMeta(names: readonly string[]): void
}

const MAX_NAMES = 10

export function createCallReader(client: OpenClient, monitorId: string): CallReader {
  const { warner } = client
  const clean = (text: unknown): string | undefined =>
    typeof text === 'string' ? client.clean(text) : undefined
  const onDroppedMeta = (names: readonly string[]): void => {
    const shown = names.slice(0, MAX_NAMES).join(', ')
    const message = `meta entries left out, because they are not finite numbers: ${shown}`
    warner.sayOncePerBurst(`${monitorId}: meta`, message)
  }
  return {
    onDroppedMeta,
    read: (call, given) => {
      const { values, notes, isError } = readCallOptions(call, given)
      for (const note of notes) warner.sayOncePerBurst(`${monitorId}: ${note}`, note)
      const { meta, dropped } = readMeta(values['meta'])
      if (dropped.length > 0) onDroppedMeta(dropped)
      const log = clean(values['log'])
      return {
        meta,
        message: clean(values['message']),
        log: log !== undefined && isError ? leadWithFrames(log) : log,
      }
    },
  }
}
