import type { MockMonitor, MonitorSummary } from '@crontify/mock-server/dashboard-data'
import type { VNode } from 'preact'
import type { Store } from '../data/store.ts'
import { Expected } from '../monitors/monitor-list.tsx'
import { AddressOrText, Fact } from '../parts/fact.tsx'
import { spanText } from '../parts/page-texts.ts'

const NOTHING: Partial<MockMonitor['definition']> = {}

/** What is expected of a monitor, and what to know about it. */
export function MonitorFacts({
  store,
  summary,
  monitor,
}: {
  readonly store: Store
  readonly summary: MonitorSummary
  readonly monitor: MockMonitor
}): VNode {
  const { channels = [], ...definition } = monitor.definition
  // The incident above shows these already.
  const { runbook, tier, owner, description } = summary.attention === undefined ? definition : NOTHING
  return (
    <dl class="facts">
      <Fact name="What it does">{description}</Fact>
      <Fact name="Tier">{tier}</Fact>
      <Fact name="Owner">{owner}</Fact>
      <Fact name="Next expected">
        <Expected monitor={summary} nowMs={store.nowMs.value} />
      </Fact>
      <Fact name="Schedule">
        <Schedule summary={summary} />
      </Fact>
      <Fact name="Channels">{channels.length === 0 ? 'none, so no alert is sent' : channels.join(', ')}</Fact>
      <Fact name="Runbook">{runbook && <AddressOrText text={runbook} />}</Fact>
    </dl>
  )
}

function Schedule({ summary }: { readonly summary: MonitorSummary }): VNode {
  const { schedule, everySeconds, timezone } = summary
  if (schedule !== undefined) {
    return (
      <>
        <code>{schedule}</code> {timezone ?? 'UTC'}
      </>
    )
  }
  return everySeconds === undefined ? (
    <>none: no run can be missed</>
  ) : (
    <>every {spanText(everySeconds * 1_000)}</>
  )
}
