import { assembleMock } from './assemble-mock.ts'
import { LISTENER_LIMITS, listen } from './http/listener.ts'
import { exposureWarning } from './listening-hosts.ts'
import type { MockServer } from './mock-server.ts'
import { warnOf } from './warn-of.ts'
import type { MockServerOptions } from './mock-server-options.ts'

/**
 * Starts a local Crontify: the ping API on a TCP port of this machine, and the alerts that follow from the pings.
 *
 * The server does not keep the process running, so a test that fails before `close()` ends; see `keepProcessAlive`.
 *
 * @throws {CrontifyMockError} (as a rejection) when options or monitor definitions are wrong, naming every problem.
 * @throws {Error} (as a rejection) when the port cannot be had.
 * @example
 * const server = await createMockServer({
 *   monitors: [{ id: 'nightly-backup', schedule: '0 2 * * *', graceSeconds: 600 }],
 *   clock: 'virtual',
 * })
 * await fetch(`${server.url}/api/v1/ping/nightly-backup/success`, {
 *   method: 'POST',
 *   headers: { 'X-API-Key': server.apiKey },
 * })
 * await server.advance('26h')
 * console.log(server.alerts().map((alert) => alert.message))
 * await server.close()
 */
export async function createMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const mock = assembleMock(options)
  const listener = await listen(
    mock,
    { ...mock.settings, keepProcessAlive: options.keepProcessAlive === true },
    LISTENER_LIMITS,
  ).catch((error: unknown) => {
    mock.release()
    throw error
  })
  const warning = exposureWarning(mock.settings.host)
  if (warning !== undefined) warnOf(options)(warning)
  mock.start()
  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    mock.stop()
    await listener.close()
    mock.release()
  }
  const closeOnce = (): Promise<void> => (closing ??= close())
  return {
    ...mock.handle,
    url: listener.url,
    dashboardUrl: mock.dashboardLink(listener.url),
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  }
}
