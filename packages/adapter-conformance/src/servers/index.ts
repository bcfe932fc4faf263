export { startPostgres } from './postgres.ts'
export { startRedis } from './redis.ts'
export type { TestServer } from './test-server.ts'
