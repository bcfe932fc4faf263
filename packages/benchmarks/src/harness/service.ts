import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A service that keeps count of what it got. */
export interface Service {
  readonly url: string
  /** The paths of all requests, in order of their arrival. */
  readonly paths: readonly string[]
  /** Idempotency keys of all requests. */
  readonly keys: ReadonlySet<string>
  /** Most connections that were open at once. */
  readonly mostOpen: number
  close(): Promise<void>
}

/** Answers as the documents say [D PINGHTTP], after a delay; never, if the delay is `null`. */
export async function startService(delayMs: number | null = 0): Promise<Service> {
  const paths: string[] = []
  const keys = new Set<string>()
  const open = new Set<Socket>()
  let mostOpen = 0
  const server = createServer((request: IncomingMessage, response) => {
    request.resume()
    request.on('end', () => {
      const path = request.url ?? ''
      paths.push(path)
      keys.add(String(request.headers['idempotency-key']))
      if (delayMs === null) return
      const [, , , , monitorId = '', kind = ''] = path.split('/')
      const data = {
        received: true,
        monitorId,
        runId: 'r',
        status: kind,
        timestamp: new Date().toISOString(),
      }
      const answer = (): void => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ success: true, data }))
      }
      if (delayMs === 0) answer()
      else setTimeout(answer, delayMs)
    })
  })
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    mostOpen = Math.max(mostOpen, open.size)
    socket.on('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1', 4_096)
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    keys,
    get mostOpen() {
      return mostOpen
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** What the SDK reads from the environment, so that programs need no options. */
export function environmentOf(service: Service): Readonly<Record<string, string>> {
  return { CRONTIFY_BASE_URL: service.url, CRONTIFY_API_KEY: 'ck_live_benchmark0123456789' }
}
