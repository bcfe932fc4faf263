import type { Clock } from '../system-clock.ts'

/** Watches that a job does not take too long. */
export interface DeadlineWatch {
  /** True once the job was told to stop. */
  readonly timedOut: () => boolean
  stop(): void
}

/** What happens when it does. */
export interface DeadlineActions {
  readonly warn: () => void
  readonly send: (signal: NodeJS.Signals) => void
}

/**
 * Warns after `maxDurationMs`; with `killAfterMs` also stops the job: SIGTERM then, SIGKILL so much later.
 *
 * Without a limit it does nothing.
 */
export function watchDeadline(
  limits: { readonly maxDurationMs: number | undefined; readonly killAfterMs: number | undefined },
  { warn, send }: DeadlineActions,
  clock: Clock,
): DeadlineWatch {
  const { maxDurationMs, killAfterMs } = limits
  if (maxDurationMs === undefined) return { timedOut: () => false, stop: () => {} }
  let timedOut = false
  let cancel = clock.schedule(() => {
    warn()
    if (killAfterMs === undefined) return
    timedOut = true
    send('SIGTERM')
    // A stopped process takes SIGTERM only when it goes on.
    send('SIGCONT')
    cancel = clock.schedule(() => send('SIGKILL'), killAfterMs)
  }, maxDurationMs)
  return { timedOut: () => timedOut, stop: () => cancel() }
}
