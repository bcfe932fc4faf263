import { DEFAULT_BASE_URL } from '@crontify/protocol'
import { assembleMock } from './assemble-mock.ts'
import { eventLoopTurn } from './system-clock.ts'
import type { MockServer } from './mock-server.ts'
import type { MockServerOptions } from './mock-server-options.ts'

/**
 * Makes a local Crontify without a socket: requests are handed to `fetch` in process.
 *
 * Its `url` is the service's own address: nothing is ever sent there, but a client that checks its base URL likes it.
 *
 * @throws {CrontifyMockError} (as a rejection) when options or monitor definitions are wrong, naming every problem.
 * @example
 * const crontify = await createMockCrontify({ monitors: [{ id: 'nightly-backup' }] })
 * const answer = await crontify.fetch(`${crontify.url}/api/v1/ping/nightly-backup/success`, {
 *   method: 'POST',
 *   headers: { 'X-API-Key': crontify.apiKey },
 * })
 * console.log(answer.status) // 200
 */
export async function createMockCrontify(
  options: Omit<MockServerOptions, 'host' | 'port'> = {},
): Promise<MockServer> {
  const mock = assembleMock(options)
  mock.start()
  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    mock.stop()
    // One turn for what is being answered.
    await eventLoopTurn()
    mock.release()
  }
  const closeOnce = (): Promise<void> => (closing ??= close())
  return {
    ...mock.handle,
    url: DEFAULT_BASE_URL,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  }
}
