import { afterAll, beforeAll } from 'vitest'
import { storeRows } from './rows.ts'
import { openRedisStore, type RedisStore } from './redis-store.ts'

let store: RedisStore

beforeAll(async () => {
  store = await openRedisStore()
})
afterAll(() => store.close())

storeRows(() => store.createBackend())
