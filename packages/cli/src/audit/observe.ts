import type { AuditJournal, AuditRequest } from './journal.ts'
import type { Observed } from './subject.ts'

/** What a journal shows of one monitor. */
export function observe(journal: AuditJournal, monitorId: string): Observed {
  const pings = requestsOf(journal).filter(
    (request) => request.monitorId === monitorId && request.ping !== undefined,
  )
  const of = (kind: string): readonly AuditRequest[] => pings.filter((request) => request.kind === kind)
  const starts = of('start')
  const successes = of('success')
  const fails = of('fail')
  return {
    starts: starts.length,
    ends: successes.length + fails.length,
    fails: fails.length,
    failsWithLog: fails.filter(({ ping }) => ping?.logSnippet !== undefined).length,
    durationsMs: durationsOf(pings),
    fields: new Set(successes.flatMap(({ ping }) => Object.keys(ping?.meta ?? {}))),
  }
}

/** From each success back to the start before it: also where the service had given the run up as hung by then. */
function durationsOf(pings: readonly AuditRequest[]): readonly number[] {
  const durations: number[] = []
  let startedAtMs: number | undefined
  for (const { kind, ping } of pings) {
    const atMs = Date.parse(ping?.at ?? '')
    if (kind === 'success' && startedAtMs !== undefined) durations.push(atMs - startedAtMs)
    startedAtMs = kind === 'start' ? atMs : undefined
  }
  return durations
}

/** Ids that were pinged and that nobody has defined. */
export function unknownMonitors(journal: AuditJournal, known: readonly string[]): readonly string[] {
  const refused = requestsOf(journal).filter(({ reason }) => reason === 'unknownMonitor')
  const ids = refused.map(({ monitorId, path }) => monitorId ?? /\/ping\/([^/]+)\//.exec(path)?.[1])
  return [...new Set(ids.filter((id) => id !== undefined))].filter((id) => !known.includes(id))
}

function requestsOf(journal: AuditJournal): readonly AuditRequest[] {
  return journal.entries.filter((entry) => entry.type === 'request')
}
