import { attempt } from '@crontify/sdk/adapter'

/** Keeps a platform awake until a promise settles. */
export type WaitUntil = (promise: Promise<unknown>) => unknown

/** What a call says about its request, whatever framework makes it. */
export interface HandlerCall {
  /** Undefined where the call has no request: a schedule of the platform, which nobody from outside can start. */
  readonly request: RequestLike | undefined
  /** Settings that the platform hands over with the call, as Workers do. */
  readonly env: Readonly<Record<string, unknown>> | undefined
  readonly waitUntil: WaitUntil | undefined
  /** True for a cron trigger of Workers, which comes from the platform itself. */
  readonly isSchedule: boolean
}

interface RequestLike {
  readonly method?: unknown
  readonly headers: { get(name: string): string | null }
}

/**
 * Reads the arguments of a handler: `(request, …)` of Next.js, Bun and Deno, `(request, env, ctx)` of Workers, the context of Hono,
 * and `({ request, … })` of SvelteKit and Remix. Never throws.
 */
export function readCall(args: readonly unknown[]): HandlerCall {
  const [first, second] = args
  return {
    request: requestOf(first),
    env: recordOf(read(first, 'env')) ?? recordOf(read(read(first, 'platform'), 'env')) ?? recordOf(second),
    waitUntil: waitUntilOf(args),
    isSchedule: typeof read(first, 'cron') === 'string' && typeof read(first, 'scheduledTime') === 'number',
  }
}

function requestOf(first: unknown): RequestLike | undefined {
  const candidates = [first, read(first, 'request'), read(read(first, 'req'), 'raw')]
  return candidates.find(isRequest)
}

function isRequest(value: unknown): value is RequestLike {
  return typeof read(read(value, 'headers'), 'get') === 'function'
}

/** A handler gets it as an argument, or on one: `executionCtx` of Hono, `platform.ctx` of SvelteKit. */
function waitUntilOf(args: readonly unknown[]): WaitUntil | undefined {
  const [first] = args
  const platform = read(first, 'platform')
  const holders = [...args, read(first, 'executionCtx'), read(platform, 'ctx'), read(platform, 'context')]
  for (const holder of holders) {
    const waitUntil = read(holder, 'waitUntil')
    if (typeof waitUntil === 'function') return (promise) => Reflect.apply(waitUntil, holder, [promise])
  }
  return undefined
}

/** Some of these are getters that throw outside of their platform. */
function read(holder: unknown, name: string): unknown {
  if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null) return undefined
  return attempt<unknown>(() => Reflect.get(holder, name), undefined)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}
