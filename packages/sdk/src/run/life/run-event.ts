import type { Meta } from '@crontify/protocol'
import type { DurationReport } from '../watch-duration.ts'

interface AboutRun {
  readonly monitorId: string
  /** Names the run on this side; its pings carry it in the header `X-Client-Run-Id`. */
  readonly runId: string
}

/** What happened to a run, as `onEvent` hears of it. */
export type RunEvent =
  /** A run began in this process. */
  | (AboutRun & { readonly type: 'run-started' })
  /** A run ended; its ping may still be on its way. */
  | (AboutRun & {
      readonly type: 'run-ended'
      readonly status: 'success' | 'failed'
      /** Milliseconds since this process first saw the run; `undefined` if it saw only the end. */
      readonly durationMs: number | undefined
      readonly meta: Meta
      /** Why it failed, redacted. */
      readonly message?: string | undefined
    })
  /** A run failed, but its fail ping was not sent: it would have closed another run, which is open now. */
  | (AboutRun & { readonly type: 'superseded'; readonly message: string })
  /** A run takes longer than `maxDurationMs`. */
  | (AboutRun & { readonly type: 'max-duration' } & DurationReport)
