import type { Delivery } from '../delivery/delivery.ts'
import { startDelivery } from './start-delivery.ts'
import { CrontifyConfigError, type ConfigErrorCode } from '../errors.ts'
import type { DeliveryEvent } from '../run/delivery-event.ts'
import { readOptions, type OptionsOf, type Settings } from '../options/read-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { createRedactor } from '../redaction/redactor.ts'
import { createScrubKey, type ScrubKey } from '../redaction/scrub-key.ts'
import { createWarner, type Warner } from '../warner.ts'

/** What the monitors of one client share: its options, its delivery, and what it says. */
export interface OpenClient {
  readonly surroundings: Surroundings
  /** `undefined` where nothing is sent. */
  readonly ready: { readonly settings: Settings; readonly delivery: Delivery } | undefined
  /** Why nothing is sent. */
  readonly disabledReason: string | undefined
  readonly silent: boolean
  readonly warner: Warner
  readonly scrub: ScrubKey
  /** A text without the key and other secrets. */
  clean(text: string): string
  emit(event: DeliveryEvent): void
  /** Says what is wrong with the client. @throws {CrontifyConfigError} with `silent: false`. */
  refuse(message: string, code: ConfigErrorCode): void
}

/** @throws {CrontifyConfigError} with `silent: false`, when an option is wrong. */
export function openClient(options: unknown, surroundings: Surroundings, of: OptionsOf): OpenClient {
  const { clock } = surroundings
  const read = readOptions(options, surroundings.env, of)
  const settings = read.type === 'ready' ? read.settings : undefined
  const scrub = createScrubKey(settings?.apiKey ?? '')
  const warner = createWarner(read.logger, surroundings.warn, scrub, clock)
  const refuse = (message: string, code: ConfigErrorCode): void => {
    if (!read.silent) throw new CrontifyConfigError(message, code)
    warner.say(`${message} (${code})`)
  }
  for (const note of read.notes) warner.sayOncePerBurst(note, note)
  if (read.type === 'wrong') refuse(read.problem.message, read.problem.code)
  const redactText = createRedactor(settings?.redact, clock, (message) => warner.say(message))
  return {
    surroundings,
    ready: settings && {
      settings,
      delivery: startDelivery(settings, surroundings, (message) => warner.say(message)),
    },
    disabledReason:
      read.type === 'wrong' ? read.problem.message : read.type === 'off' ? read.reason : undefined,
    silent: read.silent,
    warner,
    scrub,
    // Before a text is cut to what is sent, so that no cut hides half a secret; a cut to the window of the redactor goes
    // through a part that is not sent.
    clean: (text) => redactText(scrub(text)),
    emit: (event) => {
      try {
        settings?.onEvent?.(event)
      } catch {
        // A listener that breaks must not break the delivery.
      }
    },
    refuse,
  }
}
