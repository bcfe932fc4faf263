import type { VNode } from 'preact'
import { type DayTotals, runDays, type RunLook } from '@crontify/mock-server/dashboard-data'
import { lookClass } from '../parts/marks.tsx'
import { countText } from '../parts/page-texts.ts'

const DAYS = 30
const HEIGHT = 72
/** From the bottom of a day to its top: what went wrong lies above what went well. */
const STACK: readonly RunLook[] = [
  'success',
  'running',
  'slow',
  'overlapped',
  'rule matched',
  'missed',
  'hung',
  'failed',
]

/** Thirty days of runs, each day a bar of how they went. */
export function DayTimeline({ totals, now }: { readonly totals: DayTotals; readonly now: string }): VNode {
  const days = runDays(totals, now, DAYS)
  const most = Math.max(1, ...days.map(({ total }) => total))
  return (
    <ol class="days" aria-label={`Runs of the last ${DAYS} days, in UTC`}>
      {days.map(({ day, counts, total }) => {
        const words = STACK.flatMap((look) => (counts[look] === undefined ? [] : [`${counts[look]} ${look}`]))
        const label = `${day}: ${total === 0 ? 'no runs' : words.join(', ')}`
        return (
          <li key={day} title={label} aria-label={label}>
            {STACK.toReversed().map((look) => {
              const count = counts[look] ?? 0
              // One failure among a thousand runs is still to be seen.
              const height = count === 0 ? 0 : Math.max(4, (count / most) * HEIGHT)
              return count === 0 ? null : (
                <span key={look} class={lookClass(look)} style={{ height: `${height}px` }} />
              )
            })}
            {total === 0 && <span class="none" />}
          </li>
        )
      })}
    </ol>
  )
}

export function TimelineLegend({
  totals,
  now,
  runsKept,
}: {
  readonly totals: DayTotals
  readonly now: string
  /** Runs that the list has. */
  readonly runsKept: number
}): VNode {
  const days = runDays(totals, now, DAYS)
  const all = days.reduce((sum, { total }) => sum + total, 0)
  return (
    <p class="legend">
      {STACK.flatMap((look) => {
        const count = days.reduce((sum, { counts }) => sum + (counts[look] ?? 0), 0)
        return count === 0
          ? []
          : [
              <span key={look} class={lookClass(look)}>
                <i aria-hidden="true" /> {count} {look}
              </span>,
            ]
      })}
      <span class="quiet">
        {all > runsKept ? `the last ${countText(runsKept, 'run')} are kept` : countText(runsKept, 'run')}
      </span>
    </p>
  )
}
