import type { Meta, PingKind } from '@crontify/protocol'

/** One ping, as the service would have got it: redacted and cut. */
export interface RecordedPing {
  readonly monitorId: string
  readonly kind: PingKind
  /** The run's id on the client's side; pings of one run share it. */
  readonly runId: string | undefined
  readonly meta: Meta
  /** Of a fail ping. */
  readonly message: string | undefined
  /** Of a fail ping. */
  readonly log: string | undefined
}
