import { readSpoolName } from './spool-name.ts'

/** Most files that wait, and most bytes of them together. */
export const MAX_SPOOL_FILES = 1_000
export const MAX_SPOOL_BYTES: number = 10 * 1024 * 1024

/** Most names that are looked at in one go, whoever put them there. */
export const MAX_NAMES_LOOKED_AT = 1_000

/** Milliseconds after which a failure is old news. */
const FAIL_LIFETIME_MS = 24 * 60 * 60_000
/**
 * Milliseconds after which a success is worse than none: the alert that it could have prevented is out (with the
 * default grace a run is hung after 10 minutes [D RUNS]), and its lateness would count as the run's length.
 */
const SUCCESS_LIFETIME_MS = 15 * 60_000

/** True if a ping is too old to be delivered. One from the future, by a clock that was wrong, counts as new. */
export function isExpired(kind: 'success' | 'fail', occurredAt: number, now: number): boolean {
  return now - occurredAt > (kind === 'fail' ? FAIL_LIFETIME_MS : SUCCESS_LIFETIME_MS)
}

/**
 * Which of the files named must go so that the rest keeps within the limits: successes first, as nobody is alarmed
 * for lack of one for long, and of each kind the oldest first.
 *
 * What some process is working on counts, but stays.
 */
export function namesToDrop(names: readonly string[], maxFiles: number, maxBytes: number): readonly string[] {
  let files = 0
  let bytes = 0
  const droppable: { readonly name: string; readonly bytes: number; readonly rank: string }[] = []
  for (const name of names) {
    const read = readSpoolName(name)
    const ping = read?.type === 'claim' ? readSpoolName(read.of) : read
    if (ping?.type !== 'ping') continue
    files++
    bytes += ping.bytes
    // "success" comes before "fail", and 13 digits sort like numbers.
    const rank = `${ping.kind === 'success' ? 0 : 1}${ping.occurredAt}`
    if (read?.type === 'ping') droppable.push({ name, bytes: ping.bytes, rank })
  }
  droppable.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  const dropped: string[] = []
  for (const file of droppable) {
    if (files <= maxFiles && bytes <= maxBytes) break
    dropped.push(file.name)
    files--
    bytes -= file.bytes
  }
  return dropped
}
