import { RedisBackend } from '@agendajs/redis-backend'
import { Agenda } from 'agenda'
import type { Redis } from 'ioredis'

/** An Agenda under a name of its own, on the store that all instances share. */
export function connect(redis: Redis, name: string): Agenda {
  return new Agenda({
    backend: new RedisBackend({ redis }),
    name,
    // Five seconds and ten minutes unless told otherwise; a demo should not take that long.
    processEvery: 200,
    defaultLockLifetime: 1_000,
  })
}
