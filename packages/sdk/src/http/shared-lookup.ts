import type { LookupAddress, LookupOptions } from 'node:dns'

/** How a connection finds the addresses of a name; `dns.lookup` is one. */
export type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

/**
 * Asks for a name once, however many want to know at the same time.
 *
 * Nothing can cancel a lookup, and one that a silent name server does not answer takes some ten seconds, holds the process
 * and occupies a thread of the pool that the job's own files need. Repeated attempts at a ping would line up one behind the other.
 */
export function createSharedLookup(lookup: Lookup): Lookup {
  const waiting = new Map<string, LookupCallback[]>()
  return (hostname, options, callback) => {
    const question = JSON.stringify([hostname, options])
    const others = waiting.get(question)
    if (others !== undefined) return void others.push(callback)
    const askers = [callback]
    waiting.set(question, askers)
    lookup(hostname, options, (...answer) => {
      waiting.delete(question)
      for (const asker of askers) asker(...answer)
    })
  }
}
