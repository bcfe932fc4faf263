/** Where the library signal-exit keeps its state: versions 3 and 4 share it between all of their copies. */
const PLACES: readonly (() => unknown)[] = [
  () => (process as unknown as Readonly<Record<string, unknown>>)['__signal_exit_emitter__'],
  () => Reflect.get(globalThis, Symbol.for('signal-exit emitter')) as unknown,
]

/**
 * How many listeners of each signal belong to the library signal-exit, which most command-line tools load.
 *
 * Such a listener ends the process only if all listeners are of its kind: like ours it defers to others, so that both would wait
 * for each other forever. Never throws.
 */
export function deferringListeners(): number {
  let listeners = 0
  for (const emitterAt of PLACES) {
    try {
      const count = (emitterAt() as { readonly count?: unknown } | undefined)?.count
      if (typeof count === 'number' && count > 0) listeners += count
    } catch {
      // A global of that name that is something else.
    }
  }
  return listeners
}
