import type { VNode } from 'preact'
import type { MockRun } from '@crontify/mock-server/dashboard-data'
import { instantText, spanText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'

/** What was otherwise when the job last worked. */
export function LastGoodRun({
  run,
  runs,
}: {
  readonly run: MockRun
  readonly runs: readonly MockRun[]
}): VNode {
  const before = runs.slice(0, runs.indexOf(run))
  const good = before.findLast(
    ({ status, hasMatchedRule }) => status === 'success' && hasMatchedRule !== true,
  )
  if (good === undefined) return <p class="quiet">No good run before this one is kept.</p>
  const rows = differences(good, run)
  return (
    <>
      <p>
        <a href={monitorLink(good.monitorId, good.runId)}>
          {instantText(good.startedAt ?? good.endedAt ?? '')} UTC
        </a>
        , {before.length - before.indexOf(good)} runs earlier
      </p>
      {rows.length === 0 ? (
        <p class="quiet">It sent nothing that could be compared.</p>
      ) : (
        <table class="differences">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Then</th>
              <th scope="col">In this run</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ what, then, now }) => (
              <tr key={what} class={then === now ? 'quiet' : ''}>
                <th scope="row">{what}</th>
                <td>{then}</td>
                <td>{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** Duration and metadata of two runs, side by side. Pure. */
function differences(
  good: MockRun,
  run: MockRun,
): readonly { readonly what: string; readonly then: string; readonly now: string }[] {
  const fields = [...new Set([...Object.keys(good.meta ?? {}), ...Object.keys(run.meta ?? {})])]
  const span = (ms: number | undefined): string => (ms === undefined ? '–' : spanText(ms))
  return [
    ...(good.durationMs === undefined && run.durationMs === undefined
      ? []
      : [{ what: 'Duration', then: span(good.durationMs), now: span(run.durationMs) }]),
    ...fields.map((field) => ({
      what: field,
      then: String(good.meta?.[field] ?? '–'),
      now: String(run.meta?.[field] ?? '–'),
    })),
  ]
}
