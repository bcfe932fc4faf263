import type { MockEvent, MockServer } from '@crontify/mock-server'

/** Finds what keeps a definition from working: rules whose field is not sent, monitors that are not pinged. */
export interface GapWatch {
  /** A sentence for each gap that this event shows for the first time. */
  see(event: MockEvent): readonly string[]
  /** Ids of monitors without a ping so far. */
  neverPinged(): readonly string[]
}

/** Fields that the service knows by itself. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set(['duration_ms'])

export function createGapWatch(server: Pick<MockServer, 'monitors'>): GapWatch {
  const seen = new Set<string>()
  return {
    see: (event) => {
      if (event.type !== 'ping' || event.ping.kind !== 'success') return []
      const { monitorId, meta = {} } = event.ping
      const rules = server.monitors().find(({ id }) => id === monitorId)?.definition.rules ?? []
      const missing = [...new Set(rules.map(({ field }) => field))].filter(
        (field) => !(field in meta) && !KNOWN_FIELDS.has(field) && !seen.has(`${monitorId} ${field}`),
      )
      for (const field of missing) seen.add(`${monitorId} ${field}`)
      return missing.map(
        (field) =>
          `${monitorId} has a rule on "${field}", which this success did not send, so the rule cannot match`,
      )
    },
    neverPinged: () =>
      server
        .monitors()
        .filter(({ status, lastPingAt }) => status === 'waiting' && lastPingAt === undefined)
        .map(({ id }) => id),
  }
}
