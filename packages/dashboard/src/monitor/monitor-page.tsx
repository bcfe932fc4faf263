import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { type DayTotals, lookOf, type MockMonitor, type MockRun } from '@crontify/mock-server/dashboard-data'
import { AcknowledgeForm } from '../alerts/acknowledge-form.tsx'
import { AlertItems, useAlerts } from '../alerts/alert-items.tsx'
import { DayTimeline, TimelineLegend } from './day-timeline.tsx'
import { DurationChart } from './duration-chart.tsx'
import { DurationSuggestion } from './duration-suggestion.tsx'
import { MonitorFacts } from './monitor-facts.tsx'
import { PauseForm } from './pause-form.tsx'
import { MonitorMark, RunMark } from '../parts/marks.tsx'
import { Incident, Since } from '../monitors/needs-attention.tsx'
import { instantText, spanText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'
import { RuleEditor } from './rule-editor.tsx'
import { RunDetail } from './run-detail.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'
import { VirtualRows } from '../parts/virtual-rows.tsx'

interface MonitorPageProps {
  readonly store: Store
  readonly id: string
  readonly runId: string | undefined
  readonly scheme: string
}

const ROW_HEIGHT = 36
const LIST_HEIGHT = 396
const ALERTS_SHOWN = 5

/** One monitor: how it has been doing, what it waits for, and what would alert. */
export function MonitorPage({ store, id, runId, scheme }: MonitorPageProps): VNode {
  const path = `/monitors/${encodeURIComponent(id)}`
  const revision = store.revision(id)
  const monitor = useAsked<MockMonitor>(store, path, revision)
  const asked = useAsked<{ readonly runs: readonly MockRun[] }>(store, `${path}/runs`, revision)
  const days = useAsked<{ readonly days: DayTotals }>(store, `${path}/days`, revision)
  const story = useAsked<{ readonly lines: readonly string[] }>(store, `${path}/story`, revision)
  const { alerts, told } = useAlerts(store, id)
  const runs = asked.data?.runs ?? []
  const newestFirst = useMemo(() => runs.toReversed(), [asked.data])
  const summary = store.overview.value?.monitors.find((one) => one.id === id)
  // Without its runs and days, the page would say for a moment that there are none.
  const isLoaded = asked.data !== undefined && days.data !== undefined
  if (monitor.data === undefined || !isLoaded || summary === undefined) {
    const error = monitor.error ?? asked.error ?? days.error
    return error === undefined ? (
      <p class="empty">Loading …</p>
    ) : (
      <section>
        <PageHeading store={store}>Monitor not available</PageHeading>
        <p class="empty">
          {error} <a href="#/">All monitors</a>
        </p>
      </section>
    )
  }
  const { definition } = monitor.data
  const totals = days.data?.days ?? {}
  // A monitor that fails opens on its latest failure.
  const failed =
    summary.attention === undefined
      ? undefined
      : newestFirst.find((one) => one.status !== 'running' && lookOf(one) !== 'success')
  const run = runId === undefined ? failed : runs.find((one) => one.runId === runId)
  const now = new Date(store.nowMs.value).toISOString()
  return (
    <section class="monitor">
      <header class="monitor-head">
        <PageHeading store={store}>{summary.name}</PageHeading>
        <MonitorMark status={summary.status} isWarned={summary.attention !== undefined} />
        {summary.attention !== undefined && <Since attention={summary.attention} nowMs={store.nowMs.value} />}
        <PauseForm store={store} summary={summary} path={path} />
      </header>
      {summary.attention !== undefined && (
        <div class={`why ${summary.attention.level}`}>
          <Incident attention={summary.attention} />
          <AcknowledgeForm store={store} monitorId={id} />
        </div>
      )}
      <MonitorFacts store={store} summary={summary} monitor={monitor.data} />
      {run === undefined ? (
        runId !== undefined && asked.data !== undefined && <p class="empty">Run {runId} is not kept.</p>
      ) : (
        <RunDetail
          key={run.runId}
          store={store}
          run={run}
          runs={runs}
          definition={definition}
          isChosen={runId !== undefined}
        />
      )}
      <section class="card">
        <h2>Thirty days</h2>
        <DayTimeline totals={totals} now={now} />
        <TimelineLegend totals={totals} now={now} runsKept={runs.length} />
      </section>
      <section class="card">
        <h2>Durations</h2>
        <DurationChart
          runs={runs}
          maxDurationMs={
            definition.maxDurationSeconds === undefined ? undefined : definition.maxDurationSeconds * 1_000
          }
          scheme={scheme}
        />
        <DurationSuggestion runs={runs} maxDurationSeconds={definition.maxDurationSeconds} />
      </section>
      <section class="card">
        <h2>Runs</h2>
        {runs.length === 0 ? (
          <p class="empty">No run yet.</p>
        ) : (
          <VirtualRows
            items={newestFirst}
            keyOf={(one) => one.runId}
            rowHeight={ROW_HEIGHT}
            maxHeight={LIST_HEIGHT}
            label={`Runs of ${summary.name}`}
            headings={['Run', 'Status', 'Duration', 'What it said']}
            class="runs"
          >
            {(one) => <RunCells run={one} />}
          </VirtualRows>
        )}
      </section>
      <RuleEditor store={store} definition={definition} runs={runs} />
      <section class="card">
        <h2>Alerts</h2>
        <AlertItems
          store={store}
          alerts={alerts.slice(0, ALERTS_SHOWN)}
          told={told}
          empty="Nothing has alerted."
        />
      </section>
      <details class="card">
        <summary>The story, line by line</summary>
        <pre tabIndex={0} aria-label="The story, line by line">
          {(story.data?.lines ?? []).join('\n')}
        </pre>
      </details>
    </section>
  )
}

function RunCells({ run }: { readonly run: MockRun }): VNode {
  const at = run.startedAt ?? run.expectedAt ?? run.endedAt ?? ''
  const said =
    run.errorMessage ??
    Object.entries(run.meta ?? {})
      .map(([field, value]) => `${field} ${value}`)
      .join(', ')
  return (
    <>
      <span role="cell">
        <a href={monitorLink(run.monitorId, run.runId)}>{instantText(at)}</a>
      </span>
      <span role="cell">
        <RunMark run={run} />
      </span>
      <span role="cell">{run.durationMs === undefined ? '' : spanText(run.durationMs)}</span>
      <span role="cell" class="cut" title={said}>
        {said}
      </span>
    </>
  )
}
