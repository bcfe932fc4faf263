import {
  attempt,
  createRouteRuns,
  imitate,
  isMonitor,
  type Meta,
  nameOf,
  type Pinger,
  readRunOptions,
  type RouteResponse,
  warn,
} from '@crontify/sdk/adapter'
import { checkHandler } from './check-handler.ts'
import { firstError } from './first-error.ts'
import type { Next, RouteHandler } from './route-types.ts'

/** How {@link monitorRoute} reads the calls of a route. */
export interface MonitorRouteOptions<Handler extends RouteHandler> {
  /**
   * Which status of a delivered response means that the job has failed. If it throws, the default counts.
   *
   * @default 400 and above
   */
  readonly failOn?: ((status: number) => boolean) | undefined
  /**
   * What to make of a caller that has gone before the response was finished. With `'ignore'` a handler that gives a promise has
   * done its work when that resolves, whoever still listens; one that answers from a callback has failed in any case.
   *
   * @default 'ignore'
   */
  readonly onDisconnect?: 'ignore' | 'fail' | undefined
  /** Whether this call is a run; a call that is not is passed on unwatched. If it throws, the call counts. @default every call */
  readonly when?: ((request: Parameters<Handler>[0]) => boolean) | undefined
  /**
   * Makes the success ping's metadata from what the handler returns or resolves with, which Express ignores. If it throws, the
   * ping goes without. `false` sends nothing of it.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((returned: Awaited<ReturnType<Handler>>) => Meta | undefined) | undefined
  /**
   * For platforms that freeze the program after the response: their function that keeps it awake until a promise settles. Called
   * once for each run, with a promise that resolves when the run's pings have ended, at most 10 s after the run.
   */
  readonly waitUntil?: ((pingsEnded: Promise<unknown>) => void) | undefined
}

/**
 * A handler for a route that a scheduler calls: the same handler, with pings around each call.
 *
 * A run lasts until the handler has settled **and** the response is closed, so that work after an early answer counts, and so does
 * a response that somebody else sends. It fails when the handler throws or rejects, when it calls `next` with an error, and when
 * the delivered status is 400 or above. No request waits for a ping, and Express sees what the handler does.
 *
 * Put what authenticates the caller before it, such as `requireSecret`: an anonymous call must not open a run.
 *
 * @param monitor  One monitor for one route, a `CrontifyMonitor`.
 * @throws {TypeError} for something else than a handler of at most three parameters. Nothing else is ever thrown.
 * @example
 * import { monitorRoute, requireSecret } from '@crontify/express'
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import express from 'express'
 *
 * const report = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * const app = express()
 * app.post(
 *   '/cron/report',
 *   requireSecret('a secret of sixteen characters or more'),
 *   monitorRoute(report, async (req, res) => {
 *     res.json({ rows: 120 })
 *     return { rows: 120 }
 *   }),
 * )
 */
export function monitorRoute<
  // Express gives the parameters of a handler written in place their types through `any` alone.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  Handler extends (request: any, response: any, next: any) => unknown,
>(monitor: Pinger, handler: Handler, options: MonitorRouteOptions<Handler> = {}): Handler {
  checkHandler(handler)
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
  const watched = function (this: unknown, request: unknown, response: RouteResponse, next: Next): unknown {
    const callWith = (ownNext: Next): unknown =>
      (handler as (...all: unknown[]) => unknown).call(this, request, response, ownNext)
    if (!attempt(() => known.when?.(request as Parameters<Handler>[0]) ?? true, true)) return callWith(next)

    const error = firstError(next)
    return follow({ response, call: () => callWith(error.next), handedError: error.kept })
  }
  return imitate(handler, watched) as unknown as Handler
}
