import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { spawnBeside } from './spawn-beside.ts'
import type { TestServer } from './test-server.ts'

const HOW_TO_GET_IT =
  'These tests need a Redis server, and there is no "redis-server" on this machine: apt-get install redis-server, or brew install redis'
const PORT_IS_TAKEN = /Address already in use/

/**
 * Starts a Redis of its own on a free port of 127.0.0.1, empty, in memory only.
 *
 * It ends with `stop`, and with this process, however that ends.
 *
 * @throws {Error} saying how to get one, if this machine has no `redis-server`.
 * @example
 * const redis = await startRedis()
 * afterAll(() => redis.stop())
 */
export async function startRedis(command = 'redis-server'): Promise<TestServer> {
  if (spawnSync(command, ['--version']).error !== undefined) throw new Error(HOW_TO_GET_IT)
  const folder = await mkdtemp(join(tmpdir(), 'crontify-redis-'))
  for (;;) {
    const port = await freePort()
    try {
      const end = await spawnBeside({
        command,
        parameters: [
          ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
          ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
        ],
        ready: 'Ready to accept connections',
        signal: 'KILL',
      })
      const stop = async (): Promise<void> => {
        await end()
        await rm(folder, { recursive: true, force: true })
      }
      return { url: `redis://127.0.0.1:${port}`, port, stop }
    } catch (error) {
      if (!PORT_IS_TAKEN.test(String(error))) throw error
    }
  }
}
