import type { PingKind } from '@crontify/protocol'
import { CrontifyMockError } from '../mock-error.ts'
import { faultProblems } from './fault-schema.ts'
import type { Fault, Faults, ListedFault } from './fault.ts'

/** What a request looks like to a fault. */
export interface Befallen {
  readonly monitorId?: string
  readonly kind?: PingKind
}

/** Faults, and the question that each request asks. */
export interface FaultList extends Faults {
  /** The fault that befalls this request, which is thereby counted; `undefined` where none does. */
  next(request: Befallen): ListedFault | undefined
}

/** More at once are a loop gone wrong. */
const MAX_FAULTS = 1_000

interface Entry {
  readonly id: string
  readonly fault: Fault
  skipped: number
  hits: number
}

/** Creates a list without faults. */
export function createFaultList(): FaultList {
  let entries: Entry[] = []
  let added = 0
  return {
    add(fault) {
      const problems = faultProblems(fault)
      if (problems.length > 0)
        throw new CrontifyMockError('ERR_INVALID', `Cannot add the fault: ${problems.join('; ')}`)
      if (entries.length >= MAX_FAULTS) {
        throw new CrontifyMockError(
          'ERR_INVALID',
          `Cannot add the fault: there are ${MAX_FAULTS} already; remove or clear some`,
        )
      }
      added += 1
      const entry = { id: `fault-${added}`, fault: structuredClone(fault), skipped: 0, hits: 0 }
      entries.push(entry)
      return listed(entry)
    },
    remove(id) {
      const before = entries.length
      entries = entries.filter((entry) => entry.id !== id)
      return entries.length < before
    },
    list: () => entries.map(listed),
    clear() {
      entries = []
    },
    next(request) {
      for (const entry of entries) {
        if (isOver(entry) || !befalls(entry.fault, request)) continue
        if (entry.skipped < (entry.fault.skip ?? 0)) {
          entry.skipped += 1
          continue
        }
        entry.hits += 1
        return listed(entry)
      }
      return undefined
    },
  }
}

function befalls(fault: Fault, request: Befallen): boolean {
  return (
    (fault.monitorId === undefined || fault.monitorId === request.monitorId) &&
    (fault.kind === undefined || fault.kind === request.kind)
  )
}

function isOver({ fault, hits }: Entry): boolean {
  return hits >= (fault.times ?? Infinity)
}

function listed(entry: Entry): ListedFault {
  const { id, fault, skipped, hits } = entry
  return Object.freeze({ ...fault, id, skipped, hits, isOver: isOver(entry) })
}
