import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Plays the scheduler that calls a route, and closes the server. */
export async function call(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cron/report`
  await fetch(url, {
    method: 'POST',
    headers: { authorization: 'Bearer only-the-scheduler-knows', connection: 'close' },
  })
  server.close()
}
