import type { Clock } from '../clock.ts'
import type { ExitRequest } from '../process-exit/exit-request.ts'
import type { Entry } from './entry.ts'
import { isParked } from './gates.ts'
import type { Lanes } from './lanes.ts'
import type { RunsAtService } from './runs-at-service.ts'
import type { Line } from './sending/sending.ts'
import type { Settlement } from './settlement.ts'
import { wirePing, type Destination } from './sending/wire-ping.ts'

/** The ends that are sent while the process exits, which stops everything else. */
export interface ExitRequests {
  /** The requests to send here and now; empty where the service is known to be away. */
  take(): readonly ExitRequest[]
  /** Settles all that is held, given which of these were not answered. */
  settle(unanswered: readonly ExitRequest[]): void
}

/** What it needs of its delivery. */
interface ExitContext {
  readonly destination: Destination
  readonly clock: Clock
  readonly lanes: Lanes
  readonly line: Line
  readonly runs: RunsAtService
  readonly settlement: Settlement
}

export function createExitRequests({
  destination,
  clock,
  lanes,
  line,
  runs,
  settlement,
}: ExitContext): ExitRequests {
  let sent = new Map<ExitRequest, Entry>()
  const requestOf = (entry: Entry): ExitRequest => {
    const { exitRoute } = destination
    entry.ping = { ...entry.ping, attempts: entry.ping.attempts + 1 }
    const request = wirePing(entry.ping, destination, clock.now(), line.skewMs)
    return { ...request, ...exitRoute }
  }
  return {
    take: () => {
      sent = new Map()
      for (const entry of lanes.all()) {
        const { kind, monitorId, runId, atExit } = entry.ping
        if (kind === 'start') {
          // One on its way may arrive; the others are never sent.
          if (entry.isSending) runs.opened(monitorId, runId)
        } else if (!entry.closesAnyRun && !runs.mayEnd(monitorId, runId)) {
          settlement.end(entry, { state: 'skipped', reason: 'superseded' })
        } else {
          runs.ended(monitorId, runId)
          const canSend = destination.exitRoute !== undefined && !isParked(line.gates, clock.monotonic())
          if (atExit && canSend) sent.set(requestOf(entry), entry)
        }
      }
      return [...sent.keys()]
    },
    settle: (unanswered) => {
      for (const [request, entry] of sent) {
        if (unanswered.includes(request)) continue
        const { monitorId, attempts } = entry.ping
        settlement.end(entry, { state: 'delivered', receipt: { received: true, monitorId }, attempts })
      }
      for (const entry of lanes.all()) settlement.giveUp(entry, 'process-ended')
    },
  }
}
