import type { Cancel, Clock } from '../../clock.ts'
import { startDeadline } from '../../http/deadline.ts'
import type { PingRequest, Reply, Transport } from '../../http/transport.ts'

/** Milliseconds until the request must have left: a name to resolve, a connection, a TLS handshake. */
export const CONNECT_MS = 2_000

/** One attempt under way. Never rejects. */
export interface RunningAttempt {
  readonly reply: Promise<Reply>
  /** Ends it now; the reply is then a failure. */
  readonly abort: () => void
}

/**
 * Sends one request within its time: `CONNECT_MS` until it is written, `timeoutMs` for all of it.
 *
 * @param onWritten  Called once, when the request was handed to the socket.
 */
export function startAttempt(
  transport: Transport,
  request: PingRequest,
  timeoutMs: number,
  clock: Clock,
  onWritten: () => void,
): RunningAttempt {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const stopDeadline = startDeadline(clock, timeoutMs, abort)
  let stopConnect: Cancel = timeoutMs > CONNECT_MS ? startDeadline(clock, CONNECT_MS, abort) : () => {}
  const written = (): void => {
    stopConnect()
    stopConnect = () => {}
    onWritten()
  }
  const send = async (): Promise<Reply> => {
    try {
      return await transport.send(request, { signal: controller.signal, onWritten: written })
    } catch (error) {
      // A transport never rejects; one that cannot work here throws, and will do so the next time as well.
      return { type: 'failure', written: false, aborted: false, isPermanent: true, error }
    } finally {
      stopDeadline()
      stopConnect()
    }
  }
  return { reply: send(), abort }
}
