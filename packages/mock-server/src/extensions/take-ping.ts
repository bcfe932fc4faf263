import type { IncomingPing, MonitorRegistry, PingEffect } from '../monitor-registry.ts'

/** A ping on its way to its monitor, with the headers that may say more about it. */
export interface PingToTake {
  readonly monitorId: string
  readonly ping: IncomingPing
  /** Which key sent it. */
  readonly key: number
  header(name: string): string | undefined
}

/** What came of it. */
export type TakenPing =
  | {
      readonly type: 'taken'
      readonly effect: PingEffect
      /** True where it changed nothing, because it was known already or speaks of a run that is over. */
      readonly changedNothing?: true
    }
  | { readonly type: 'unknownMonitor' }
  | { readonly type: 'badHeader'; readonly message: string }

/** Hands a ping to its monitor. */
export type TakePing = (given: PingToTake) => TakenPing

/** Takes pings as the service is assumed to: by path and body alone. */
export function createTakePing(registry: Pick<MonitorRegistry, 'ping'>): TakePing {
  return ({ monitorId, ping }) => {
    const effect = registry.ping(monitorId, ping)
    return effect === undefined ? { type: 'unknownMonitor' } : { type: 'taken', effect }
  }
}
