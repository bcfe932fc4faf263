import type { ControlRoute } from '../control/control-route.ts'
import type { Outbox } from '../channels/outbox.ts'
import type { History } from '../history.ts'
import type { Acknowledgments } from '../acknowledgments.ts'
import type { IsoInstant } from '../time-texts.ts'
import { byMonitor } from './by-monitor.ts'
import { type Incident, incidentsOf } from './incidents.ts'
import type { MonitorSummary } from './monitor-summary.ts'
import { createOverviewChanges, type OverviewChanges } from './overview-changes.ts'

/** What the first page of the dashboard shows. */
export type Overview = OverviewChanges & {
  readonly now: IsoInstant
  readonly clock: 'system' | 'virtual'
  /** For the lines to paste into a job; this server's own. */
  readonly apiKey: string
  /** How many pings were accepted, up to the number that is kept: 0 before the first. */
  readonly pings: number
}

/** What these routes need of the server. */
export interface ShownServer {
  readonly now: () => IsoInstant
  readonly clock: 'system' | 'virtual'
  readonly apiKey: string
  readonly history: History
  readonly outbox: Outbox
  readonly acknowledgments: Pick<Acknowledgments, 'lastOf'>
  readonly summaries: () => readonly MonitorSummary[]
}

/** What the dashboard asks for beside what everybody does. */
export function dashboardRoutes({
  now,
  clock,
  apiKey,
  history,
  outbox,
  acknowledgments,
  summaries,
}: ShownServer): readonly ControlRoute[] {
  const changes = createOverviewChanges(summaries)
  return [
    {
      method: 'get',
      path: '/overview',
      summary: 'All monitors with what their runs come to; with ?since=REVISION those that changed after it',
      run: ({ query }): Overview => ({
        now: now(),
        clock,
        apiKey,
        pings: history.pings().length,
        ...changes(revisionOf(query['since'])),
      }),
    },
    {
      method: 'get',
      path: '/incidents',
      summary: 'Every incident with its alerts, the latest first',
      run: () => {
        const known = new Map(summaries().map((monitor) => [monitor.id, monitor]))
        const incidents = [...byMonitor(history.alerts())].flatMap(([id, alerts]) =>
          incidentsOf({
            alerts,
            runs: history.runs(id),
            status: known.get(id)?.status,
            isUnwell: known.get(id)?.attention !== undefined,
          }).map((incident) => withAcknowledgment(incident, acknowledgments)),
        )
        return { incidents: incidents.toSorted((one, other) => (one.openedAt < other.openedAt ? 1 : -1)) }
      },
    },
    {
      method: 'get',
      path: '/told',
      summary: 'What channels got, and since when all of it is known',
      run: () => {
        const completeAfter = outbox.completeAfter()
        return { notifications: outbox.all(), ...(completeAfter === undefined ? {} : { completeAfter }) }
      },
    },
    {
      method: 'get',
      path: '/monitors/{id}/days',
      summary: 'How many runs of each of the last weeks went how, also of those that are not kept any more',
      run: ({ params }) => ({ days: history.days(params['id'] ?? '') }),
    },
    {
      method: 'get',
      path: '/monitors/{id}/runs/{runId}/log',
      summary: 'The log of a failed run, where it sent one',
      run: ({ params }) => {
        const { id = '', runId = '' } = params
        const logOutput = history.log(id, runId)
        return logOutput === undefined ? {} : { logOutput }
      },
    },
  ]
}

/** The revision of a query; `undefined` if there is none or it is no whole number. */
function revisionOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function withAcknowledgment(incident: Incident, acknowledgments: Pick<Acknowledgments, 'lastOf'>): Incident {
  const acknowledged = acknowledgments.lastOf(incident.monitorId, incident.openedAt, incident.closedAt)
  return acknowledged === undefined ? incident : { ...incident, acknowledged }
}
