import type { Delivery } from '../delivery/delivery.ts'
import { lazily } from '../lazily.ts'
import { createRedactor, startDelivery } from '../on-demand.ts'
import { CrontifyConfigError, type ConfigErrorCode } from '../errors.ts'
import type { DeliveryEvent } from '../run/delivery-event.ts'
import type { RunObserver } from '../run/life/observation.ts'
import { monitorIdProblem, readOptions, type OptionsOf, type Settings } from '../options/read-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { createScrubKey, type ScrubKey } from '../redaction/scrub-key.ts'
import { createWarner, type Warner } from '../warner.ts'

/** What the monitors of one client share: its options, its delivery, and what it says. */
export interface OpenClient {
  readonly surroundings: Surroundings
  /** `undefined` where nothing is sent. The delivery is opened at the first call. */
  readonly ready: { readonly settings: Settings; readonly delivery: () => Delivery } | undefined
  /** Why nothing is sent. */
  readonly disabledReason: string | undefined
  readonly silent: boolean
  readonly warner: Warner
  readonly scrub: ScrubKey
  /** A text without the key and other secrets. */
  clean(text: string): string
  emit(event: DeliveryEvent): void
  /** Those who see runs from inside. */
  readonly observers: RunObserver[]
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
  const say = (message: string): void => warner.say(message)
  const redactText = lazily(() => createRedactor(settings?.redact, clock, say))
  const ready = settings && {
    settings,
    delivery: lazily(() => startDelivery(settings, surroundings, say)),
  }
  if (settings !== undefined) surroundings.preload()
  // A spool has pings of earlier processes to deliver, and a directory that may be wrong.
  if (settings?.spoolDirectory !== undefined) ready?.delivery()
  return {
    surroundings,
    ready,
    disabledReason:
      read.type === 'wrong' ? read.problem.message : read.type === 'off' ? read.reason : undefined,
    silent: read.silent,
    warner,
    scrub,
    // Before a text is cut to what is sent, so that no cut hides half a secret; a cut to the window of the redactor goes
    // through a part that is not sent.
    clean: (text) => redactText()(scrub(text)),
    emit: (event) => {
      try {
        settings?.onEvent?.(event)
      } catch {
        // A listener that breaks must not break the delivery.
      }
    },
    observers: [],
    refuse,
  }
}

/**
 * The client of one monitor: inert if the id is wrong.
 *
 * @throws {CrontifyConfigError} with `silent: false`, when the id is wrong.
 */
export function openMonitor(client: OpenClient, monitorId: string): OpenClient {
  if (client.ready === undefined) return client
  const problem = monitorIdProblem(monitorId)
  if (problem === undefined) {
    if (client.ready.settings.handleSignals) client.surroundings.exits.handleSignals()
    return client
  }
  client.refuse(problem.message, problem.code)
  return { ...client, ready: undefined, disabledReason: problem.message }
}
