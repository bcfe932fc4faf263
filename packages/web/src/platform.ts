import { attempt } from '@crontify/sdk/adapter'
import type { WaitUntil } from './read-call.ts'

/** What this process and its platform say, looked up at each call: some platforms set it after the module was loaded. */
export interface Platform {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `waitUntil` of the request that is being handled, where the platform offers it to all code. */
  waitUntil(): WaitUntil | undefined
  /** Resolves when the event loop has come round. */
  nextTurn(): Promise<void>
}

/**
 * Where Next.js looks for `waitUntil` when it is hosted by a platform (its guide to self-hosting documents the first), and where
 * `@vercel/functions` has it from.
 */
const REQUEST_CONTEXTS = [Symbol.for('@next/request-context'), Symbol.for('@vercel/request-context')]

/** The real one. */
export const systemPlatform: Platform = {
  get env() {
    // Some edge runtimes have no `process`.
    return (globalThis as { readonly process?: typeof process }).process?.env ?? {}
  },
  waitUntil: () => {
    for (const name of REQUEST_CONTEXTS) {
      const context = attempt(
        () => (globalThis as unknown as Record<symbol, RequestContexts | undefined>)[name]?.get?.(),
        undefined,
      )
      if (typeof context?.waitUntil === 'function') return (promise) => context.waitUntil?.(promise)
    }
    return undefined
  },
  nextTurn: () => new Promise((resolve) => setTimeout(resolve, 0)),
}

interface RequestContexts {
  get?(): { readonly waitUntil?: WaitUntil } | undefined
}
