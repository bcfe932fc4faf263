import type { ExitRoute } from '../http/exit-route.ts'
import type { PingRequest } from '../http/transport.ts'

/** A ping to be sent while the process exits. */
export interface ExitRequest extends PingRequest, ExitRoute {}
