import { emitWarning } from '../host.ts'

/** Warns on standard error, where no caller can be told in any other way. */
export function warn(text: string): void {
  emitWarning(text)
}

/** Remembers which objects are watched: the second watcher would ping each run twice. */
export function createWatchedOnce<Watched extends object>(): {
  /** False, with this warning, for an object that is watched already. */
  claim(object: Watched, warning: string): boolean
  release(object: Watched): void
} {
  const watched = new WeakSet<Watched>()
  return {
    claim: (object, warning) => {
      if (watched.has(object)) {
        warn(warning)
        return false
      }
      watched.add(object)
      return true
    },
    release: (object) => void watched.delete(object),
  }
}
