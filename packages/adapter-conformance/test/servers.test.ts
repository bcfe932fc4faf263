import { once } from 'node:events'
import { connect } from 'node:net'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { startRedis } from '../src/servers/index.ts'

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

it('starts a Redis that keeps a value, and ends it', async () => {
  const server = await startRedis()
  const redis = new Redis(server.url)

  await redis.set('answer', '42')
  expect(await redis.get('answer')).toBe('42')

  redis.disconnect()
  await server.stop()
  await server.stop()
  expect(await isListening(server.port)).toBe(false)
})

it('gives two tests two servers', async () => {
  const servers = await Promise.all([startRedis(), startRedis()])

  expect(new Set(servers.map(({ port }) => port)).size).toBe(2)
  await Promise.all(servers.map((server) => server.stop()))
})

it('says how to get Redis where there is none', async () => {
  await expect(startRedis('no-such-redis-server')).rejects.toThrow(/apt-get install redis-server/)
})
