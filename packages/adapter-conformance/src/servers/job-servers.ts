import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'

/** Redis and Postgres for programs that find them by environment variables. */
export interface JobServers {
  readonly env: { readonly REDIS_URL: string; readonly DATABASE_URL: string }
  stop(): Promise<void>
}

/** Starts both servers; rejects if one of them cannot be started. */
export async function startJobServers(): Promise<JobServers> {
  const redis = await startRedis()
  const postgres = await startPostgres()
  return {
    env: { REDIS_URL: redis.url, DATABASE_URL: postgres.url },
    stop: async () => {
      await redis.stop()
      await postgres.stop()
    },
  }
}
