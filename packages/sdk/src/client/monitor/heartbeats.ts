import type { Cancel, Clock } from '../../clock.ts'
import { CrontifyConfigError } from '../../errors.ts'
import { describeError } from '../../redaction/describe-error.ts'
import { intervalProblem, startHeartbeat, type HeartbeatOptions } from './heartbeat.ts'

/** All heartbeats of one monitor. */
export interface Heartbeats {
  /** @throws {CrontifyConfigError} with `silent: false`, for an interval that cannot be used. */
  start(options: HeartbeatOptions): Cancel
  stopAll(): void
}

/** What they need of their monitor. */
export interface HeartbeatsContext {
  readonly clock: Clock
  readonly silent: boolean
  say(warning: string): void
  /** False where a beat would not be sent anyway. */
  canSend(): boolean
  /** Sends one ping with that metadata; resolves when it has ended. */
  succeed(meta: unknown): Promise<unknown> | undefined
  /** Warns, once a minute. */
  warn(message: string): void
}

export function createHeartbeats(context: HeartbeatsContext): Heartbeats {
  const { clock, silent } = context
  const running = new Set<Cancel>()
  return {
    start: (options) => {
      const wrong = intervalProblem(options?.everyMs)
      if (wrong !== undefined && !silent) throw new CrontifyConfigError(wrong, 'ERR_OPTION_RANGE')
      if (wrong !== undefined) context.say(`${wrong}. No heartbeat is sent`)
      if (wrong !== undefined || !context.canSend()) return () => {}
      const beat = async (): Promise<unknown> => {
        let meta: unknown
        try {
          meta = options.meta?.()
        } catch (error) {
          context.warn(
            `The meta function of heartbeat threw: ${describeError(error).message}. Its metadata are left out.`,
          )
        }
        return context.succeed(meta)
      }
      const stop = startHeartbeat(options.everyMs, options.signal, { clock, beat })
      running.add(stop)
      return () => {
        running.delete(stop)
        stop()
      }
    },
    stopAll: () => {
      for (const stop of running) stop()
    },
  }
}
