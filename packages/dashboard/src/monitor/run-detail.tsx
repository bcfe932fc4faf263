import type { MonitorDefinition } from '@crontify/protocol'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { type MockRun, ruleVerdict } from '@crontify/mock-server/dashboard-data'
import { LastGoodRun } from './last-good-run.tsx'
import { LogText } from './log-text.tsx'
import { Fact } from '../parts/fact.tsx'
import { RunMark } from '../parts/marks.tsx'
import { instantText, spanText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'

interface RunDetailProps {
  readonly store: Store
  readonly run: MockRun
  /** All that are kept, oldest first. */
  readonly runs: readonly MockRun[]
  readonly definition: MonitorDefinition
  /** False where the page opened it by itself, because the monitor fails. */
  readonly isChosen: boolean
}

/** One run: what happened, what it said, what was otherwise when the job last worked, and what each rule makes of it. */
export function RunDetail({ store, run, runs, definition, isChosen }: RunDetailProps): VNode {
  const meta = Object.entries(run.meta ?? {})
  const index = runs.indexOf(run)
  const [earlier, later] = [runs[index - 1], runs[index + 1]]
  const isGood = run.status === 'success' && run.hasMatchedRule !== true
  useEffect(() => {
    if (!isChosen) return
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') location.hash = monitorLink(run.monitorId)
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [isChosen, run.monitorId])
  return (
    <section class="card run-detail" aria-label={`Run ${run.runId}`}>
      <header>
        <h2>
          <RunMark run={run} />
        </h2>
        <code class="quiet">{run.runId}</code>
        {!isChosen && <span class="quiet">the latest failure</span>}
        <span class="run-links">
          {earlier !== undefined && <a href={monitorLink(run.monitorId, earlier.runId)}>Earlier run</a>}
          {later !== undefined && <a href={monitorLink(run.monitorId, later.runId)}>Later run</a>}
          {isChosen && <a href={monitorLink(run.monitorId)}>Close</a>}
        </span>
      </header>
      <dl class="facts">
        <Fact name="Expected">{run.expectedAt && `${instantText(run.expectedAt)} UTC`}</Fact>
        <Fact name="Started">{run.startedAt && `${instantText(run.startedAt)} UTC`}</Fact>
        <Fact name="Ended">{run.endedAt && `${instantText(run.endedAt)} UTC`}</Fact>
        <Fact name="Duration">{run.durationMs === undefined ? undefined : spanText(run.durationMs)}</Fact>
      </dl>
      {run.errorMessage !== undefined && (
        <>
          <h3>Error</h3>
          <p class="error-text">{run.errorMessage}</p>
        </>
      )}
      {run.status === 'failed' && <RunLog store={store} run={run} />}
      {!isGood && run.status !== 'running' && (
        <>
          <h3>Last good run</h3>
          <LastGoodRun run={run} runs={runs} />
        </>
      )}
      <h3>Metadata</h3>
      {meta.length === 0 ? (
        <p class="quiet">This run sent none.</p>
      ) : (
        <dl class="facts">
          {meta.map(([field, value]) => (
            <Fact key={field} name={field}>
              {String(value)}
            </Fact>
          ))}
        </dl>
      )}
      <h3>Rules</h3>
      <Verdicts run={run} definition={definition} />
    </section>
  )
}

function RunLog({ store, run }: { readonly store: Store; readonly run: MockRun }): VNode {
  const path = `/monitors/${encodeURIComponent(run.monitorId)}/runs/${encodeURIComponent(run.runId)}/log`
  const { data } = useAsked<{ readonly logOutput?: string }>(store, path, 0)
  return (
    <>
      <h3>Log</h3>
      {data?.logOutput === undefined ? (
        <p class="quiet">This run sent none.</p>
      ) : (
        <LogText text={data.logOutput} />
      )}
    </>
  )
}

function Verdicts({ run, definition }: Pick<RunDetailProps, 'run' | 'definition'>): VNode {
  const rules = definition.rules ?? []
  if (rules.length === 0)
    return <p class="quiet">This monitor has none: a run that did nothing would pass for a good one.</p>
  if (run.status !== 'success') return <p class="quiet">Rules look at runs that ended in success.</p>
  return (
    <ul class="verdicts">
      {rules.map((rule) => {
        const { rule: text, fires, because } = ruleVerdict(rule, run.meta)
        return (
          <li key={text} class={fires ? 'fires' : ''}>
            <code>{text}</code> {because}
          </li>
        )
      })}
    </ul>
  )
}
