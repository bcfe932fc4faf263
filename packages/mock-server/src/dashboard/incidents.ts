import type { Acknowledgment } from '../acknowledgments.ts'
import type { MockAlert, MockMonitor, MockRun } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'

/** What went wrong with one monitor, from its first alert until it worked again. */
export interface Incident {
  readonly monitorId: string
  readonly severity: 'critical' | 'warning'
  /** `paused`: it was open when the monitor was paused, and nothing has ended it since. */
  readonly state: 'open' | 'paused' | 'closed'
  readonly openedAt: IsoInstant
  /** Absent while it is not closed, and where what closed it is no longer kept. */
  readonly closedAt?: IsoInstant
  /** The last acknowledgment in this time. */
  readonly acknowledged?: Acknowledgment
  /** Oldest first. The first is the cause; a recovery is the last. */
  readonly alerts: readonly [MockAlert, ...MockAlert[]]
}

/** What is known of one monitor, lists oldest first. */
export interface IncidentFacts {
  readonly alerts: readonly MockAlert[]
  readonly runs: readonly MockRun[]
  readonly status: MockMonitor['status'] | undefined
  /** Whether it needs attention now. */
  readonly isUnwell: boolean
}

/** The incidents of one monitor, oldest first. Pure. */
export function incidentsOf({ alerts, runs, status, isUnwell }: IncidentFacts): Incident[] {
  const incidents: Incident[] = []
  let open: [MockAlert, ...MockAlert[]] | undefined

  const add = (about: [MockAlert, ...MockAlert[]], state: Incident['state'], closedAt?: IsoInstant): void => {
    incidents.push({
      monitorId: about[0].monitorId,
      severity: about.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning',
      state,
      openedAt: about[0].at,
      ...(closedAt === undefined ? {} : { closedAt }),
      alerts: about,
    })
  }

  for (const alert of alerts) {
    if (alert.type === 'recovery') {
      if (open === undefined) continue
      const [before, after] = withoutRun(open, alert.runId)
      add([...before, alert], 'closed', alert.at)
      open = after
      continue
    }
    if (alert.severity === 'info') continue
    const closedAt = open && goodEnd(open, runs, alert.at)
    if (open !== undefined && closedAt !== undefined) {
      add(open, 'closed', closedAt)
      open = undefined
    }
    open = open === undefined ? [alert] : [...open, alert]
  }
  if (open === undefined) return incidents
  const closedAt = goodEnd(open, runs)
  if (isUnwell) add(open, 'open')
  else if (closedAt === undefined && status === 'paused') add(open, 'paused')
  else add(open, 'closed', closedAt)
  return incidents
}

/** The end of the first good run after the last alert of an incident, and before the next alert. */
function goodEnd(
  about: readonly [MockAlert, ...MockAlert[]],
  runs: readonly MockRun[],
  until?: IsoInstant,
): IsoInstant | undefined {
  const last = about.at(-1) ?? about[0]
  return runs.find(
    ({ runId, status, startedAt = '~', endedAt, hasMatchedRule, isDurationAnomaly }) =>
      status === 'success' &&
      hasMatchedRule !== true &&
      isDurationAnomaly !== true &&
      endedAt !== undefined &&
      endedAt >= last.at &&
      runId !== last.runId &&
      // A run that was under way when the incident opened proves nothing about it.
      startedAt >= about[0].at &&
      (until === undefined || endedAt <= until),
  )?.endedAt
}

/** A run that ends an outage can have a warning of its own, which begins the next incident. */
function withoutRun(
  about: readonly [MockAlert, ...MockAlert[]],
  runId: string | undefined,
): [[MockAlert, ...MockAlert[]], [MockAlert, ...MockAlert[]] | undefined] {
  const [first, ...rest] = about
  const isOwn = (alert: MockAlert): boolean => alert.severity === 'warning' && alert.runId === runId
  const [next, ...others] = rest.filter(isOwn)
  return [
    [first, ...rest.filter((alert) => !isOwn(alert))],
    next === undefined ? undefined : [next, ...others],
  ]
}
