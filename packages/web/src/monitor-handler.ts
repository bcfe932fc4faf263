import {
  imitate,
  isMonitor,
  nameOf,
  readRunOptions,
  warn,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import { createCallerCheck, type SecretOption } from './check-caller.ts'
import { systemPlatform } from './platform.ts'
import { readCall, type WaitUntil } from './read-call.ts'
import { createRunner } from './run-around.ts'

/** Any handler that gets a request and gives a response, or a promise of one. */
// Frameworks give the parameters of a handler written in place their types through `any` alone.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type WebHandler = (...args: any) => unknown

/** The same handler, which always gives a promise. */
export type MonitoredHandler<Handler extends WebHandler> = ((
  ...args: Parameters<Handler>
) => Promise<Awaited<ReturnType<Handler>>>) &
  Handler

/** How {@link monitorHandler} reads the calls of a handler. */
export interface MonitorHandlerOptions<Handler extends WebHandler> {
  /**
   * Who may call: only requests with `Authorization: Bearer <secret>`. Others get 401, and no run begins. A list accepts any of its
   * secrets, to change one without a gap. `false` lets everyone call, for a route that is protected otherwise.
   *
   * @default the environment variable `CRON_SECRET`; without it everyone may call, and in production one warning says so
   */
  readonly secret?: SecretOption
  /**
   * Which status of the response means that the job has failed. If it throws, the default counts.
   *
   * @default 400 and above
   */
  readonly failOn?: ((status: number) => boolean) | undefined
  /**
   * Makes the success ping's metadata from what the handler returns. If it throws, the ping goes without. `false` sends nothing of it.
   *
   * @default the finite numbers of a plain object; of a `Response` nothing
   */
  readonly meta?: false | ((returned: Awaited<ReturnType<Handler>>) => Meta | undefined) | undefined
  /**
   * Keeps the platform awake until a promise settles, such as `after` of Next.js or `waitUntil` of `@vercel/functions`. Called once for
   * each run, with a promise that resolves when its pings have ended; the response then does not wait for them.
   *
   * @default `waitUntil` of the arguments (Workers, Hono, SvelteKit, Netlify), or of the platform (Vercel, Next.js); where there is
   * none, the response waits for the pings, at most `delivery.endWaitMs` of the monitor
   */
  readonly waitUntil?: WaitUntil | undefined
}

/** Next.js calls some handlers while it builds, to keep their answers: that is not the scheduler's call. */
const NEXT_BUILD = 'phase-production-build'

/**
 * A handler for a route that a scheduler calls: the same handler, with a run around each call. For everything that goes from `Request`
 * to `Response`: Next.js, Hono, SvelteKit, Remix, Workers, Bun and Deno.
 *
 * The run fails when the handler throws, or responds with a status of 400 or above; `redirect()` and `notFound()` of Next.js are no
 * failures. When the returned promise resolves, the pings were sent or handed to `waitUntil`, so that a platform may freeze the
 * process. The run of a streamed response ends with its stream.
 *
 * The handler keeps its arguments, `this`, `length` and `name`, and its result: the same object, unless it still streams. It always
 * gives a promise.
 *
 * @param monitor  One monitor for one route, a `CrontifyMonitor`. Something else is a warning, and the handler runs without pings.
 * @throws {TypeError} if `handler` is not a function, the secret is no text, or a text or a list is given for the options. The returned handler throws what the handler throws.
 * @example
 * import { CrontifyMonitor } from '@crontify/sdk'
 * import { monitorHandler } from '@crontify/web'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })
 * export const GET = monitorHandler(monitor, async (request: Request) => {
 *   return Response.json({ url: request.url })
 * })
 */
export function monitorHandler<Handler extends WebHandler>(
  monitor: Pinger,
  handler: Handler,
  options: MonitorHandlerOptions<Handler> = {},
): MonitoredHandler<Handler> {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `monitorHandler takes the handler as a function, such as (request) => new Response('done'), got ${nameOf(handler)}`,
    )
  }
  if (typeof options === 'string' || Array.isArray(options)) {
    // Perhaps the secret: without it the route would be open.
    throw new TypeError(
      `The options of monitorHandler must be an object such as { secret }, got ${typeof options === 'string' ? 'a string' : 'a list'}`,
    )
  }
  const known = readRunOptions('monitorHandler', options, { secret: [], failOn: [], meta: [], waitUntil: [] })
  const refuse = createCallerCheck(known.secret, () => systemPlatform.env)
  const isWatched = isMonitor(monitor)
  if (!isWatched)
    warn(`monitorHandler takes a monitor first, got ${nameOf(monitor)}. The handler runs without pings.`)
  const runAround = isWatched ? createRunner(monitor, known, systemPlatform, handler) : undefined
  const watched = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const call = readCall(args)
    const refusal = refuse(call)
    if (refusal !== undefined) return refusal
    const callHandler = (): unknown => Reflect.apply(handler, this, args)
    if (runAround === undefined || systemPlatform.env['NEXT_PHASE'] === NEXT_BUILD) return callHandler()
    const ending = await runAround(callHandler, call)
    if (ending.type === 'threw') throw ending.thrown
    return ending.value
  }
  return imitate(handler, watched) as unknown as MonitoredHandler<Handler>
}
