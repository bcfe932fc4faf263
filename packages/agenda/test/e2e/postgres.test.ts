import { PostgresBackend } from '@agendajs/postgres-backend'
import { startPostgres, type TestServer } from '@crontify/adapter-conformance/servers'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { storeRows } from '../rows.ts'

let postgres: TestServer
let pool: pg.Pool

beforeAll(async () => {
  postgres = await startPostgres()
  pool = new pg.Pool({ connectionString: postgres.url, max: 20 })
  // Instances that make the tables at the same time get in each other's way.
  await new PostgresBackend({ pool }).connect()
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

storeRows(() => new PostgresBackend({ pool, ensureSchema: false }))
