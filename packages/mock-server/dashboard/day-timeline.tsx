import type { RunStatus } from '@crontify/protocol'
import type { VNode } from 'preact'
import type { MockRun } from '../src/mock-records.ts'
import { runDays } from '../src/dashboard/run-days.ts'
import { countText } from './page-texts.ts'

const DAYS = 30
const HEIGHT = 72
/** From the bottom of a day to its top: what went wrong lies above what went well. */
const STACK: readonly RunStatus[] = ['success', 'running', 'overlapped', 'missed', 'hung', 'failed']

/** Thirty days of runs, each day a bar of its statuses. */
export function DayTimeline({
  runs,
  now,
}: {
  readonly runs: readonly MockRun[]
  readonly now: string
}): VNode {
  const days = runDays(runs, now, DAYS)
  const most = Math.max(1, ...days.map(({ total }) => total))
  return (
    <ol class="days" aria-label={`Runs of the last ${DAYS} days, in UTC`}>
      {days.map(({ day, counts, total }) => {
        const words = STACK.flatMap((status) =>
          counts[status] === undefined ? [] : [`${counts[status]} ${status}`],
        )
        const label = `${day}: ${total === 0 ? 'no runs' : words.join(', ')}`
        return (
          <li key={day} title={label} aria-label={label}>
            {STACK.toReversed().map((status) => {
              const count = counts[status] ?? 0
              // One failure among a thousand runs is still to be seen.
              const height = count === 0 ? 0 : Math.max(4, (count / most) * HEIGHT)
              return count === 0 ? null : (
                <span key={status} class={`run-${status}`} style={{ height: `${height}px` }} />
              )
            })}
            {total === 0 && <span class="none" />}
          </li>
        )
      })}
    </ol>
  )
}

export function TimelineLegend({ runs }: { readonly runs: readonly MockRun[] }): VNode {
  return (
    <p class="legend">
      {STACK.flatMap((status) => {
        const count = runs.filter((run) => run.status === status).length
        return count === 0
          ? []
          : [
              <span key={status} class={`run-${status}`}>
                <i aria-hidden="true" /> {count} {status}
              </span>,
            ]
      })}
      <span class="quiet">{countText(runs.length, 'run')} in memory</span>
    </p>
  )
}
