import { type MockServer, type MockServerOptions, createMockServer } from '@crontify/mock-server'
import type { PingKind } from '@crontify/protocol'
import { onTestFinished } from 'vitest'

/** A server that ends with the test, on a virtual clock unless told otherwise. */
export async function startServer(options: MockServerOptions = {}): Promise<MockServer> {
  const server = await createMockServer({ clock: 'virtual', ...options })
  onTestFinished(() => server.close())
  return server
}

/** Sends a ping with the server's key, with a real fetch. */
export function ping(
  server: MockServer,
  monitorId: string,
  kind: PingKind,
  body?: unknown,
): Promise<Response> {
  return fetch(`${server.url}/api/v1/ping/${monitorId}/${kind}`, {
    method: 'POST',
    headers: { 'X-API-Key': server.apiKey, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** Sends a ping and insists that it was taken. */
export async function accepted(
  server: MockServer,
  monitorId: string,
  kind: PingKind,
  body?: unknown,
): Promise<{ readonly runId: string; readonly status: string; readonly timestamp: string }> {
  const response = await ping(server, monitorId, kind, body)
  const answer = (await response.json()) as { data: { runId: string; status: string; timestamp: string } }
  if (response.status !== 200) throw new Error(`The ping was refused: ${JSON.stringify(answer)}`)
  return answer.data
}
