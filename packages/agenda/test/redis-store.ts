import { RedisBackend } from '@agendajs/redis-backend'
import { startRedis } from '@crontify/adapter-conformance/servers'
import { Redis } from 'ioredis'

/** A Redis for the tests of a file, and Agenda's backends on it. */
export interface RedisStore {
  readonly url: string
  readonly createBackend: () => RedisBackend
  readonly close: () => Promise<void>
}

export async function openRedisStore(): Promise<RedisStore> {
  const server = await startRedis()
  // One connection for all: Agenda cuts a connection of its own while its last questions are unanswered, and they reject.
  const redis = new Redis(server.url)
  return {
    url: server.url,
    createBackend: () => new RedisBackend({ redis }),
    close: async () => {
      await redis.quit()
      await server.stop()
    },
  }
}
