import type { Meta } from '@crontify/protocol'
import { functionName } from '../../run/life/run-job.ts'
import { monitored } from '../../run/layers/monitored.ts'
import type { Pinger } from '../../run/layers/pinger.ts'
import { createRunTracker } from '../../run/layers/run-tracker.ts'
import { attempt } from '../attempt.ts'
import { begin, type Begun } from './begin.ts'
import { failureOf, whenClosed, type RouteResponse } from './route-end.ts'

/** How an adapter for routes reads their calls. */
export interface RouteOptions {
  readonly failOn?: ((status: number) => boolean) | undefined
  readonly onDisconnect?: 'ignore' | 'fail' | undefined
  readonly meta?: false | ((returned: never) => Meta | undefined) | undefined
  readonly waitUntil?: ((pingsEnded: Promise<unknown>) => void) | undefined
}

/** One call of a route's handler. */
export interface RouteCall {
  /** Node's response. */
  readonly response: RouteResponse
  /** Calls the handler. */
  readonly call: () => unknown
  /** An error that the handler handed over instead of throwing it. */
  readonly handedError?: () => { readonly thrown: unknown } | undefined
}

const FIRST_ERROR_STATUS = 400
/** As long as a ping may take by itself. */
const PINGS_WAIT_MS = 10_000

/**
 * Makes a run of each call of a route: it lasts until the handler has settled and the response is closed.
 *
 * @returns a function that calls the handler, and returns or throws what the handler does. It waits for no ping.
 */
export function createRouteRuns(
  monitor: Pinger,
  options: RouteOptions,
  handler: { readonly name: string } = { name: '' },
): (call: RouteCall) => unknown {
  const { onDisconnect = 'ignore', waitUntil } = options
  const failOn = (status: number): boolean =>
    attempt(() => options.failOn?.(status), undefined) ?? status >= FIRST_ERROR_STATUS
  const tracker = createRunTracker(monitor)
  const waitForPings = (): Promise<boolean> => tracker.settled(PINGS_WAIT_MS)
  const run = monitored(monitor, (job: () => Promise<unknown>) => job(), {
    meta: options.meta as false | ((returned: unknown) => Meta | undefined) | undefined,
    attributes: { 'faas.trigger': 'http', ...functionName(handler) },
  })
  return ({ response, call, handedError = () => undefined }) => {
    let begun: Begun | undefined
    const over = run(async () => {
      const closed = whenClosed(response)
      const started = begin(call)
      begun = started
      let rejected: { readonly thrown: unknown } | undefined
      const returned = await started.settled.catch((thrown: unknown) => void (rejected = { thrown }))
      const delivery = await closed
      const end = { ...delivery, error: handedError() ?? rejected, gavePromise: started.gavePromise }
      const failed = failureOf(end, { failOn, onDisconnect })
      if (failed !== undefined) throw failed.thrown
      return returned
    })
    const ended = over.then(waitForPings, waitForPings)
    if (waitUntil !== undefined) attempt(() => waitUntil(ended), undefined)
    return begun?.handOver()
  }
}
