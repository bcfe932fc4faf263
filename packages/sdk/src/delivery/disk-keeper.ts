import type { Cancel, Clock } from '../clock.ts'
import type { DeliverySpool, HeldOnDisk } from '../disk/queue/delivery-spool.ts'
import type { DropReason } from './rules/ping-state.ts'
import { isEnd, type HeldPing } from './held-ping.ts'
import type { Entry, PingEnd } from './lanes.ts'

/**
 * Milliseconds after which an end that is still not delivered goes to the disk: as long as `wrap` waits for it by
 * default. Until then most are delivered, and writing would be for nothing.
 */
export const HOLD_AFTER_MS = 5_000

/** Keeps ends on disk that memory alone might lose. */
export interface DiskKeeper {
  /** An end was handed over: if it takes long, it goes to the disk. */
  watch(entry: Entry): void
  /** True if the ping is left to later processes, so that giving it up loses nothing. */
  leave(entry: Entry, reason: DropReason): boolean
  /** The ping is over, one way or another. */
  settled(entry: Entry, how: PingEnd): void
}

interface Watched {
  readonly cancel: Cancel
  held: HeldOnDisk | undefined
}

/** Without a spool it does nothing. */
export function createDiskKeeper(spool: DeliverySpool | undefined, clock: Clock): DiskKeeper {
  const watched = new Map<Entry, Watched>()

  const hold = async (entry: Entry, watch: Watched): Promise<void> => {
    const held = await spool?.hold(entry.ping)
    // It may have been delivered, or left, while it was being written.
    if (watched.get(entry) === watch) watch.held = held
    else await held?.done()
  }
  return {
    watch: (entry) => {
      if (spool === undefined || !isEnd(entry.ping)) return
      const cancel = clock.schedule(() => void hold(entry, watch), HOLD_AFTER_MS, false)
      const watch: Watched = { cancel, held: undefined }
      watched.set(entry, watch)
    },
    leave: (entry, reason) => {
      if (spool === undefined || entry.isLeftBehind || !isEnd(entry.ping)) return false
      const held = watched.get(entry)?.held
      if (held !== undefined && isWorthLeaving(entry.ping, reason)) {
        watched.delete(entry)
        return held.leaveSync()
      }
      return isLast(reason) && spool.keep(entry.ping)
    },
    settled: (entry, how) => {
      const watch = watched.get(entry)
      watched.delete(entry)
      watch?.cancel()
      void watch?.held?.done()
      if (how.state === 'delivered' && isEnd(entry.ping)) spool?.delivered(entry.ping)
    },
  }
}

/** Reasons after which nothing follows in this client. Writing stops the thread, so only then is it done at once. */
function isLast(reason: DropReason): boolean {
  return reason === 'process-ended' || reason === 'closed'
}

/** What is on disk already may stay there, if a later process could have more luck with it. */
function isWorthLeaving({ kind }: HeldPing, reason: DropReason): boolean {
  if (isLast(reason) || reason === 'queue-full') return true
  // A success is worth no more on disk than in memory.
  return kind === 'fail' && reason === 'too-old'
}
