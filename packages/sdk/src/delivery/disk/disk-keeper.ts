import type { Cancel, Clock } from '../../clock.ts'
import type { DeliverySpool, HeldOnDisk } from '../../disk/queue/delivery-spool.ts'
import type { DropReason } from '../rules/ping-state.ts'
import { isEnd, type HeldPing } from '../held-ping.ts'
import type { PingEnd } from '../delivery.ts'
import type { Entry } from '../entry.ts'

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
  /** Ends that are in the journal: on disk already, and found as soon as this process is gone. */
  const journaled = new Set<Entry>()

  const hold = async (entry: Entry, watch: Watched): Promise<void> => {
    const held = await spool?.hold(entry.ping)
    // It may have been delivered, or left, while it was being written.
    if (watched.get(entry) === watch) watch.held = held
    else await held?.done()
  }
  return {
    watch: (entry) => {
      if (spool === undefined || !isEnd(entry.ping)) return
      if (entry.record?.ended(entry.ping) === true) return void journaled.add(entry)
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
      if (isLast(reason)) return spool.keep(entry.ping)
      // It stays in the journal, which another process reads when this one is gone.
      return journaled.has(entry) && isWorthLeaving(entry.ping, reason) && journaled.delete(entry)
    },
    settled: (entry, how) => {
      const watch = watched.get(entry)
      watched.delete(entry)
      watch?.cancel()
      void watch?.held?.done()
      if (!isEnd(entry.ping)) return
      const isInJournal = journaled.delete(entry)
      const isLost = how.state === 'dropped' && isLast(how.reason)
      const isLeft = how.state === 'spooled' && !isInJournal && watch === undefined
      if (!isLost && !isLeft) entry.record?.remove()
      if (how.state === 'delivered') spool?.delivered(entry.ping)
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
