import { API_KEY_HEADER, API_PREFIX, PING_KINDS, type PingKind } from '@crontify/protocol'
import { type Context, Hono } from 'hono'
import { acceptedBody, refuse } from './api-answers.ts'
import type { KeyCheck } from './api-keys.ts'
import type { MonitorRegistry } from '../monitor-registry.ts'
import { readPing } from './ping-request.ts'
import { MAX_BODY_BYTES, readBody } from './read-body.ts'

/** What the API needs behind it. */
export interface PingAppDependencies {
  readonly registry: Pick<MonitorRegistry, 'ping' | 'has'>
  readonly isKnownKey: KeyCheck
  /** The log of a run; `undefined` where there is none. */
  readonly log: (monitorId: string, runId: string) => string | undefined
}

/** The public API as one fetch function, for any way in: a TCP listener, a request mock, a direct call. */
export function createPingApp(dependencies: PingAppDependencies): Hono {
  const app = new Hono()
  app.all(`${API_PREFIX}/ping/:monitorId/:kind`, (context) => onPing(context, dependencies))
  app.all(`${API_PREFIX}/monitors/:monitorId/runs/:runId/log`, (context) => onLog(context, dependencies))
  app.notFound(noSuchPath)
  app.onError((_error, context) => refuse(context, 500, 'The mock server failed on this request'))
  return app
}

async function onPing(context: Context, { registry, isKnownKey }: PingAppDependencies): Promise<Response> {
  const kind = PING_KINDS.find((known) => known === context.req.param('kind'))
  if (kind === undefined) return noSuchPath(context)
  if (context.req.method !== 'POST') return wrongMethod(context, 'POST')
  if (!isKnownKey(context.req.header(API_KEY_HEADER))) return wrongKey(context)
  const monitorId = context.req.param('monitorId') ?? ''
  if (!registry.has(monitorId)) return noSuchMonitor(context)
  return acceptPing(context, registry, monitorId, kind)
}

async function acceptPing(
  context: Context,
  registry: Pick<MonitorRegistry, 'ping'>,
  monitorId: string,
  kind: PingKind,
): Promise<Response> {
  const text = await readBody(context.req.raw)
  if (text === undefined) {
    // The rest of the body is still on its way: nothing else can use this connection.
    return refuse(context, 413, `The body is larger than ${MAX_BODY_BYTES} bytes: cut the log first`, {
      Connection: 'close',
    })
  }
  const read = readPing(kind, text)
  if (!read.ok) return refuse(context, 400, read.message)
  const effect = registry.ping(monitorId, read.ping)
  if (effect === undefined) return noSuchMonitor(context)
  const { runId, status, at } = effect
  return context.json(acceptedBody({ received: true, monitorId, runId, status, timestamp: at }))
}

/** Who may read a log, in which form, and what comes where there is none is not documented: all of this is [I]. */
function onLog(context: Context, { registry, isKnownKey, log }: PingAppDependencies): Response {
  if (context.req.method !== 'GET') return wrongMethod(context, 'GET')
  if (!isKnownKey(context.req.header(API_KEY_HEADER))) return wrongKey(context)
  const monitorId = context.req.param('monitorId') ?? ''
  const runId = context.req.param('runId') ?? ''
  if (!registry.has(monitorId)) return noSuchMonitor(context)
  const logOutput = log(monitorId, runId)
  if (logOutput === undefined) {
    return refuse(context, 404, 'This run has no log: only a fail ping with "logOutput" leaves one')
  }
  return context.json(acceptedBody({ runId, monitorId, logOutput }))
}

function wrongKey(context: Context): Response {
  return refuse(context, 401, `The API key is missing or not known: send it in the ${API_KEY_HEADER} header`)
}

function wrongMethod(context: Context, allowed: string): Response {
  return refuse(context, 405, `This path takes ${allowed} only`, { Allow: allowed })
}

function noSuchMonitor(context: Context): Response {
  return refuse(context, 404, 'There is no monitor with this id: check the path, or add it to "monitors"')
}

function noSuchPath(context: Context): Response {
  return refuse(
    context,
    404,
    `There is no such path: pings go to POST ${API_PREFIX}/ping/{monitorId}/start, …/success or …/fail`,
  )
}
