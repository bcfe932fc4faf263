import type * as asyncHooks from 'node:async_hooks'
import type * as timers from 'node:timers'
import type * as util from 'node:util'
import type * as types from 'node:util/types'
import { lazily } from './lazily.ts'

/**
 * What the SDK needs of Node as soon as it is loaded, with stand-ins for runtimes that have no such module: an edge runtime must load
 * the job's file, and with the option `fetch` its pings are sent too.
 */

/** Undefined on some edge runtimes; that of Next.js throws for whatever it does not have. */
const hostProcess = (globalThis as { readonly process?: typeof process }).process

/** One of Node's own modules; `undefined` where the runtime has none of that name. */
export function builtin<Module>(name: string): Module | undefined {
  try {
    return hostProcess?.getBuiltinModule(name) as Module | undefined
  } catch {
    return undefined
  }
}

/**
 * Whether the runtime has Node's own HTTP client. Workers of Cloudflare have a module of that name, which refuses the options of ours.
 */
export function hasNodeHttp(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: string } }
  return navigator?.userAgent !== 'Cloudflare-Workers' && builtin('node:http') !== undefined
}

const utilTypes = builtin<typeof types>('node:util/types')
/** The process, where it is one of Node's kind. */
const nodeProcess = utilTypes && hostProcess

/** Also for promises of another realm, where Node is asked. */
export const isPromise: (value: unknown) => value is Promise<unknown> =
  utilTypes?.isPromise ?? ((value): value is Promise<unknown> => value instanceof Promise)

export const isNativeError: (value: unknown) => value is Error =
  utilTypes?.isNativeError ?? ((value): value is Error => value instanceof Error)

export const isAsyncFunction: (value: unknown) => boolean = utilTypes?.isAsyncFunction ?? (() => false)

const nodeTimers = builtin<typeof timers>('node:timers') ?? globalThis

/** Edge runtimes have timers without `unref`. */
export const setTimeout: typeof timers.setTimeout = nodeTimers.setTimeout
export const clearTimeout: typeof timers.clearTimeout = nodeTimers.clearTimeout

/** A storage that follows asynchronous calls; `undefined` where the runtime has none. Some edge runtimes have it as a global. */
export function newAsyncStorage<Stored>(): asyncHooks.AsyncLocalStorage<Stored> | undefined {
  const { AsyncLocalStorage } =
    builtin<typeof asyncHooks>('node:async_hooks') ?? (globalThis as Partial<typeof asyncHooks>)
  return AsyncLocalStorage && new AsyncLocalStorage<Stored>()
}

const format = lazily(() => builtin<typeof util>('node:util')?.format)

/** A line as the console would print it. */
export function formatLine(...values: unknown[]): string {
  return format()?.(...values) ?? values.map(String).join(' ')
}

export const hostEnv: Readonly<Record<string, string | undefined>> = hostProcess?.env ?? {}

/** Kinds of what keeps the process alive now. */
export function activeResources(): readonly string[] {
  return nodeProcess?.getActiveResourcesInfo() ?? []
}

/**
 * Seconds and nanoseconds of a clock that is never set. Not `performance.now()`, whose first use costs a process more than loading the
 * SDK.
 */
export const hrtime: (this: void) => readonly [number, number] =
  nodeProcess?.hrtime ??
  (() => {
    const nowMs = globalThis.performance.now()
    return [0, nowMs * 1_000_000]
  })

/** A warning on standard error, where no caller can be told in any other way. */
export function emitWarning(text: string): void {
  if (nodeProcess !== undefined) nodeProcess.emitWarning(text, 'CrontifyWarning')
  // eslint-disable-next-line no-console -- an edge runtime has no other place for it
  else console.warn(text)
}

/** The events of this process; an edge runtime emits none. */
export const hostEvents: Pick<typeof process, 'on' | 'off' | 'listenerCount' | 'kill' | 'pid'> =
  nodeProcess ?? ({ on: () => {}, off: () => {}, listenerCount: () => 0, kill: () => true, pid: 0 } as never)
