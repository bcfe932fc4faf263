import { once } from 'node:events'
import { request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import { createRunTracker } from '@crontify/sdk/adapter'
import express5, { type Express, type NextFunction, type Request, type Response } from 'express'
import express4 from 'express4'
import { afterEach } from 'vitest'
import { monitorRoute, type MonitorRouteOptions } from '../../src/index.ts'

const ID = 'nightly-report'
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The versions that every test runs on. Only what both have is used of Express 4, so that one type serves. */
export const VERSIONS: readonly (readonly [string, () => Express])[] = [
  ['Express 5', express5],
  ['Express 4', express4 as unknown as () => Express],
]

/** A monitor, the local Crontify that it pings, and a program that listens. */
export interface Rig {
  readonly server: MockServer
  readonly monitor: CrontifyMonitor
  /** The states of the runs that the server knows, once all pings sent so far have arrived. */
  readonly seen: () => Promise<string[]>
  /** Serves an application, and gives its address. */
  readonly serve: (app: Express) => Promise<{ readonly url: string; readonly http: Server }>
}

export async function setUp(): Promise<Rig> {
  const server = await createMockServer({ monitors: [{ id: ID }], rateLimitPerMinute: Infinity })
  closers.push(() => server.close())
  const monitor = new CrontifyMonitor({ apiKey: server.apiKey, monitorId: ID, baseUrl: server.url })
  const runs = createRunTracker(monitor)
  return {
    server,
    monitor,
    seen: async () => {
      await runs.settled(5_000)
      return server.runs(ID).map(({ status }) => status)
    },
    serve: async (app) => {
      const http = app.listen(0, '127.0.0.1')
      await once(http, 'listening')
      closers.push(() => {
        http.closeAllConnections()
        http.close()
      })
      return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, http }
    },
  }
}

/** Waits until something is so, looking again whenever the event loop comes round; at most 5 s. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('it did not come to be within 5 s')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Sends a request and hangs up as soon as `when` resolves. */
export async function hangUp(url: string, when: Promise<unknown>): Promise<void> {
  const outgoing = request(url, { method: 'POST' })
  outgoing.on('error', () => {})
  outgoing.on('response', (incoming: IncomingMessage) => incoming.on('error', () => {}).resume())
  outgoing.end()
  await when
  outgoing.destroy()
}

/** A promise, and what settles it. */
export function gate<Value = void>(): {
  readonly opened: Promise<Value>
  readonly open: (value: Value) => void
} {
  let open!: (value: Value) => void
  const opened = new Promise<Value>((resolve) => (open = resolve))
  return { opened, open }
}

export type Handler = (req: Request, res: Response, next: NextFunction) => unknown

/** A program with one route that is a job, and an error handler that answers 500. */
export async function serveJob(
  createApp: () => Express,
  handler: Handler,
  options: MonitorRouteOptions<Handler> = {},
): Promise<Rig & { readonly url: string; readonly http: Server }> {
  const rig = await setUp()
  const app = createApp()
  app.post('/job', monitorRoute(rig.monitor, handler, options))
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) next(error)
    else res.status(500).json({ error: String((error as Error).message) })
  })
  return { ...rig, ...(await rig.serve(app)) }
}

/** Calls that route. */
export function post(url: string): Promise<globalThis.Response> {
  return fetch(`${url}/job`, { method: 'POST' })
}
