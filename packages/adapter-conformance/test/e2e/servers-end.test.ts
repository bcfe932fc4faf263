import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@crontify/adapter-conformance/servers'
import pg from 'pg'
import { expect, it } from 'vitest'

const HOLD_REDIS = fileURLToPath(new URL('programs/hold-redis.mjs', import.meta.url))

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const answer = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return answer
}

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'leaves no server behind when its process is ended by %s',
  async (signal) => {
    const holder = spawn(process.execPath, [HOLD_REDIS], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [printed] = (await once(holder.stdout, 'data')) as [Buffer]
    const port = Number(printed)
    expect(await isListening(port)).toBe(true)

    holder.kill(signal)

    await expect.poll(() => isListening(port), { timeout: 5_000 }).toBe(false)
  },
)

// Here and not beside the test of Redis: with the conditions that point tests at source, pg loads half of itself as ESM.
it('starts a Postgres that answers, and ends it', async () => {
  const server = await startPostgres()
  const client = new pg.Client(server.url)

  await client.connect()
  expect((await client.query('select 6 * 7 as answer')).rows).toEqual([{ answer: 42 }])

  await client.end()
  await server.stop()
  expect(await isListening(server.port)).toBe(false)
})
