import { attempt, createRunTracker, monitored, type Meta, type Pinger } from '@crontify/sdk/adapter'
import { followCall, type FollowedCall } from './follow-call.ts'
import type { Ending } from './judge.ts'
import type { Platform } from './platform.ts'
import type { HandlerCall, WaitUntil } from './read-call.ts'

/** What runs look at; the types of the handler do not matter here. */
export interface RunnerOptions {
  readonly failOn?: ((status: number) => boolean) | undefined
  readonly meta?: false | ((returned: never) => Meta | undefined) | undefined
  readonly waitUntil?: WaitUntil | undefined
}

/** Calls a handler inside a run, and resolves to its ending when the pings were sent or handed over. Never rejects. */
export type RunAround = (callHandler: () => unknown, call: HandlerCall) => Promise<Ending>

const FIRST_ERROR_STATUS = 400

/** Opens one run for each call of a handler, whose name the runs' spans get. */
export function createRunner(
  monitor: Pinger,
  options: RunnerOptions,
  platform: Platform,
  handler: { readonly name: string },
): RunAround {
  const tracker = createRunTracker(monitor)
  const open = monitored(monitor, (work: () => Promise<unknown>) => work(), {
    meta: options.meta as false | ((returned: unknown) => Meta | undefined) | undefined,
    attributes: {
      'faas.trigger': 'http',
      ...(handler.name !== '' && { 'code.function.name': handler.name }),
    },
  })
  const failOn = (status: number): boolean =>
    attempt(() => options.failOn?.(status), undefined) ?? status >= FIRST_ERROR_STATUS
  const settled = (): Promise<boolean> => tracker.settled()

  return async (callHandler, call) => {
    const waitUntil = options.waitUntil ?? call.waitUntil ?? platform.waitUntil()
    let followed!: FollowedCall
    let isHandedOver = false
    const over = open(() => {
      followed = followCall(callHandler, {
        failOn,
        hasBody: call.request?.method !== 'HEAD',
        nextTurn: platform.nextTurn,
        pingsSent: async () => void (isHandedOver || (await sent)),
      })
      return followed.over
    })
    const sent: Promise<boolean> = over.then(settled, settled)
    const { ending, isStreaming } = await followed.answer
    isHandedOver = waitUntil !== undefined && handOver(waitUntil, sent)
    if (!isStreaming && !isHandedOver) await sent
    return ending
  }
}

/** False where the platform refuses: outside of a request, or when it has no time left. */
function handOver(waitUntil: WaitUntil, promise: Promise<unknown>): boolean {
  return attempt(() => {
    // One that is asynchronous waits itself, or has failed by itself.
    void Promise.resolve(waitUntil(promise)).catch(() => {})
    return true
  }, false)
}
