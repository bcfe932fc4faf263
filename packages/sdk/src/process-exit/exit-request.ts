import type { Proxy } from '../http/proxy-settings.ts'
import type { PingRequest } from '../http/transport.ts'

/** A ping to be sent while the process exits. */
export interface ExitRequest extends PingRequest {
  /** What it goes through; left out, it goes straight. */
  readonly proxy?: Proxy
}
