import { LOG_SNIPPET_LENGTH, cutText, type PingKind } from '@crontify/protocol'
import { createBoundedList } from '../bounded-list.ts'
import type { ListedFault } from '../faults/fault.ts'
import type { IncomingPing } from '../monitor-registry.ts'
import type { IsoInstant } from '../time-texts.ts'
import type { JournalAct, JournalEntry, JournalPing, JournalRequest, RefusalReason } from './journal-entry.ts'
import { redactKeys } from './redact-keys.ts'

/** A request as it is told to the journal. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly monitorId?: string
  readonly kind?: PingKind
  readonly headers?: Readonly<Record<string, string>>
}

/** What became of it. */
export interface SeenEnd {
  readonly statusCode?: number
  readonly refusal?: { readonly reason: RefusalReason; readonly message: string }
  readonly fault?: ListedFault
  readonly ping?: IncomingPing & { readonly runId: string; readonly at: IsoInstant }
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] }

type ActOf<Act> = Act extends JournalAct ? Omit<Act, 'number' | 'at'> : never

/** Everything that reached the public API, and what the tester did in between; bounded. */
export interface JournalList {
  recordRequest(request: SeenRequest, end: SeenEnd): JournalRequest
  recordAct(act: ActOf<JournalAct>): JournalAct
  entries(): JournalEntry[]
  dropped(): number
  clear(): void
}

/** What a journal needs from around it. */
export interface JournalDependencies {
  readonly limit: number
  readonly now: () => IsoInstant
  /** Kept out of every entry. */
  readonly apiKeys: readonly string[]
}

const MAX_PATH_LENGTH = 300
const EXPECTED: ReadonlySet<RefusalReason> = new Set(['rateLimited', 'noLog'])

/** Creates an empty journal. */
export function createJournalList({ limit, now, apiKeys }: JournalDependencies): JournalList {
  const list = createBoundedList<JournalEntry>(limit)
  let recorded = 0
  const safe = (text: string): string => redactKeys(text, apiKeys)

  function safeHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, safe(value)]))
  }

  function pingOf({ runId, at, meta, errorMessage, logOutput }: NonNullable<SeenEnd['ping']>): JournalPing {
    return {
      runId,
      at,
      ...(meta === undefined ? {} : { meta }),
      ...(errorMessage === undefined ? {} : { errorMessage: safe(errorMessage) }),
      ...(logOutput ? { logSnippet: safe(cutText(logOutput, LOG_SNIPPET_LENGTH)) } : {}),
    }
  }

  return {
    recordRequest({ method, path, monitorId, kind, headers }, { statusCode, refusal, fault, ping }) {
      recorded += 1
      // Assigned one by one: a spread for each optional field would take longer than judging the ping.
      const entry: Mutable<JournalRequest> = {
        type: 'request',
        number: recorded,
        at: now(),
        method,
        path: refusal === undefined ? path : safe(path).slice(0, MAX_PATH_LENGTH),
        outcome: fault !== undefined ? 'faulted' : refusal === undefined ? 'accepted' : 'refused',
        isUnexpected: refusal !== undefined && !EXPECTED.has(refusal.reason),
      }
      if (monitorId !== undefined) entry.monitorId = safe(monitorId).slice(0, MAX_PATH_LENGTH)
      if (kind !== undefined) entry.kind = kind
      if (headers !== undefined) entry.headers = safeHeaders(headers)
      if (statusCode !== undefined) entry.statusCode = statusCode
      if (refusal !== undefined) Object.assign(entry, refusal)
      if (fault !== undefined) entry.fault = { id: fault.id, type: fault.type }
      if (ping !== undefined) entry.ping = pingOf(ping)
      list.push(Object.freeze(entry))
      return entry
    },
    recordAct(act) {
      recorded += 1
      const entry: JournalAct = Object.freeze({ ...act, number: recorded, at: now() })
      list.push(entry)
      return entry
    },
    entries: list.all,
    dropped: list.dropped,
    clear() {
      list.clear()
      recorded = 0
    },
  }
}
