import type { MonitorDefinition } from '@crontify/protocol'
import type { VNode } from 'preact'
import { ruleVerdict } from '../src/dashboard/rule-verdict.ts'
import type { MockRun } from '../src/mock-records.ts'
import { LogText } from './log-text.tsx'
import { RunMark } from './marks.tsx'
import { instantText, spanText } from './page-texts.ts'
import { monitorLink } from './route.ts'
import type { Store } from './store.ts'
import { useAsked } from './use-asked.ts'

interface RunDetailProps {
  readonly store: Store
  readonly run: MockRun
  readonly definition: MonitorDefinition
}

/** One run: what happened, what it said, and what each rule makes of it. */
export function RunDetail({ store, run, definition }: RunDetailProps): VNode {
  const meta = Object.entries(run.meta ?? {})
  return (
    <section class="card run-detail" aria-label={`Run ${run.runId}`}>
      <header>
        <h2>
          <RunMark status={run.status} isSlow={run.isDurationAnomaly === true} />
        </h2>
        <code class="quiet">{run.runId}</code>
        <a href={monitorLink(run.monitorId)}>Close</a>
      </header>
      <dl class="facts">
        <Fact name="Expected" value={run.expectedAt && `${instantText(run.expectedAt)} UTC`} />
        <Fact name="Started" value={run.startedAt && `${instantText(run.startedAt)} UTC`} />
        <Fact name="Ended" value={run.endedAt && `${instantText(run.endedAt)} UTC`} />
        <Fact name="Duration" value={run.durationMs === undefined ? undefined : spanText(run.durationMs)} />
      </dl>
      {run.errorMessage !== undefined && (
        <>
          <h3>Error</h3>
          <p class="error-text">{run.errorMessage}</p>
        </>
      )}
      {run.status === 'failed' && <RunLog store={store} run={run} />}
      <h3>Metadata</h3>
      {meta.length === 0 ? (
        <p class="quiet">This run sent none.</p>
      ) : (
        <dl class="facts">
          {meta.map(([field, value]) => (
            <Fact key={field} name={field} value={String(value)} />
          ))}
        </dl>
      )}
      <h3>Rules</h3>
      <Verdicts run={run} definition={definition} />
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }): VNode | null {
  return value === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
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

function Verdicts({ run, definition }: Omit<RunDetailProps, 'store'>): VNode {
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
