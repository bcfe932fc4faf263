import {
  attempt,
  createRouteRuns,
  imitate,
  isMonitor,
  nameOf,
  readRunOptions,
  warn,
  type Meta,
  type Pinger,
  type RouteResponse,
} from '@crontify/sdk/adapter'

/** How {@link monitorRoute} reads the calls of a route. */
export interface MonitorRouteOptions<Handler extends (...args: never[]) => unknown> {
  /**
   * Which status of a delivered response means that the job has failed. If it throws, the default counts.
   *
   * @default 400 and above
   */
  readonly failOn?: ((status: number) => boolean) | undefined
  /**
   * What to make of a caller that leaves before the response is finished. With `'ignore'`, an async handler has done its work when
   * its promise resolves; one that answers later by `reply.send()` has failed in any case.
   *
   * @default 'ignore'
   */
  readonly onDisconnect?: 'ignore' | 'fail' | undefined
  /** Whether this call is a run; other calls are passed on unwatched. If it throws, the call counts. @default every call */
  readonly when?: ((request: Parameters<Handler>[0]) => boolean) | undefined
  /**
   * Makes the success ping's metadata from what the handler resolves with, which Fastify sends. If it throws, the ping goes without.
   * `false` sends nothing of it.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((returned: Awaited<ReturnType<Handler>>) => Meta | undefined) | undefined
  /**
   * For platforms that freeze the program after the response: their function that keeps it alive until a promise settles. Called once
   * for each run, with a promise that resolves when the run's pings have ended, at most 10 s after the run.
   */
  readonly waitUntil?: ((pingsEnded: Promise<unknown>) => void) | undefined
}

/** What is used of Fastify's reply. */
interface Reply {
  readonly raw: RouteResponse
}

/**
 * A handler for a Fastify route that a scheduler calls: the same handler, with pings around each call.
 *
 * A run lasts until the handler has settled and the response is closed. It fails when the handler throws or rejects, and when the
 * delivered status is 400 or above, also if a hook sets it. No request waits for a ping, and Fastify gets the handler's own result.
 *
 * Authenticate the caller in a hook before it, such as {@link requireSecret}: an anonymous call must not open a run.
 *
 * @param monitor  One monitor for one route, a `CrontifyMonitor`. Something else is a warning, and the route runs without pings.
 * @throws {TypeError} if `handler` is not a function.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { monitorRoute, requireSecret } from '@crontify/fastify'
 * import Fastify from 'fastify'
 *
 * const report = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * const app = Fastify()
 * app.post(
 *   '/cron/report',
 *   { onRequest: requireSecret('a secret of sixteen characters or more') },
 *   monitorRoute(report, async () => ({ rows: 120 })),
 * )
 */
export function monitorRoute<
  // Fastify gives the parameters of a handler written in place their types through `any` alone.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Handler extends (this: any, request: any, reply: any) => unknown,
>(monitor: Pinger, handler: Handler, options: MonitorRouteOptions<Handler> = {}): Handler {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `monitorRoute takes a handler of Fastify, a function such as (request, reply) => {…}, got ${nameOf(handler)}`,
    )
  }
  if (!isMonitor(monitor)) {
    warn(`monitorRoute takes a monitor first, got ${nameOf(monitor)}. The route runs without pings.`)
    return handler
  }
  const known = readRunOptions('monitorRoute', options, {
    failOn: [],
    onDisconnect: ['ignore', 'fail'],
    when: [],
    meta: [],
    waitUntil: [],
  })
  const follow = createRouteRuns(monitor, known, handler)
  const watched = function (this: unknown, request: unknown, reply: Reply): unknown {
    const call = (): unknown => Reflect.apply(handler, this, [request, reply]) as unknown
    const isRun = attempt(() => known.when?.(request as Parameters<Handler>[0]) ?? true, true)
    return isRun ? follow({ response: reply.raw, call }) : call()
  }
  return imitate(handler, watched) as unknown as Handler
}
