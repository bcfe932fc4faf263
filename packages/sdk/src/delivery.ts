import { API_KEY_HEADER, pingPath, type FailBody, type PingKind, type SuccessBody } from '@crontify/protocol'
import { classifyReply } from './classify-reply.ts'
import { startDeadline } from './deadline.ts'
import { createLane } from './lane.ts'
import type { Outcome } from './outcome.ts'
import type { Surroundings } from './surroundings.ts'
import type { Transport } from './transport.ts'

/** Where the pings of one monitor go, and as whom. */
export interface DeliverySettings {
  readonly monitorId: string
  readonly origin: string
  /** What of the base URL's path stands in front of `/api/v1`; empty for most. */
  readonly pathPrefix: string
  readonly apiKey: string
  /** Milliseconds for one attempt. */
  readonly timeoutMs: number
  readonly userAgent: string
}

/** One message about a run. */
export interface Ping {
  readonly kind: PingKind
  readonly body: SuccessBody | FailBody | undefined
}

/** A ping on its way. Neither promise rejects. */
export interface PingOnItsWay {
  /** Resolves when the request was handed to the socket, or will never be. */
  readonly written: Promise<void>
  readonly outcome: Promise<Outcome>
}

/** Gets the pings of one monitor to the service, in their order. */
export interface Delivery {
  send(ping: Ping): PingOnItsWay
  /** Resolves when no ping is on its way. */
  idle(): Promise<void>
}

/** One attempt for each ping, within its time, one ping of the monitor at a time. */
export function createDelivery(
  settings: DeliverySettings,
  surroundings: Pick<Surroundings, 'clock' | 'loadTransport'>,
): Delivery {
  const lane = createLane()
  let transport: Promise<Transport> | undefined
  const attempt = async (ping: Ping, onWritten: () => void): Promise<Outcome> => {
    const abort = new AbortController()
    const stopDeadline = startDeadline(surroundings.clock, settings.timeoutMs, () => abort.abort())
    try {
      transport ??= surroundings.loadTransport()
      const reply = await (
        await transport
      ).send(
        {
          origin: settings.origin,
          path: settings.pathPrefix + pingPath(settings.monitorId, ping.kind),
          method: 'POST',
          headers: headersOf(settings, ping),
          body: ping.body === undefined ? undefined : JSON.stringify(ping.body),
        },
        { signal: abort.signal, onWritten },
      )
      return classifyReply(reply, settings.monitorId)
    } catch (error) {
      // A transport never rejects; one that could not even be loaded has sent nothing.
      transport = undefined
      const message = error instanceof Error ? error.message : 'the transport broke'
      return { type: 'unsent', reason: 'other', cause: { code: undefined, message } }
    } finally {
      stopDeadline()
    }
  }
  return {
    send: (ping) => {
      let onWritten = (): void => {}
      const written = new Promise<void>((resolve) => (onWritten = resolve))
      const outcome = lane.run(() => attempt(ping, onWritten))
      void outcome.then(onWritten)
      return { written, outcome }
    },
    idle: () => lane.idle(),
  }
}

function headersOf(settings: DeliverySettings, ping: Ping): Readonly<Record<string, string>> {
  return {
    [API_KEY_HEADER]: settings.apiKey,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': settings.userAgent,
    ...(ping.body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}
