import type { VNode } from 'preact'
import type { MonitorSummary } from '@crontify/mock-server/dashboard-data'
import { MonitorMark, RunMark } from '../parts/marks.tsx'
import { type MonitorFilter, NO_FILTER, filtered } from './monitor-filter.ts'
import { attentionHeading, NeedsAttention } from './needs-attention.tsx'
import { agoText, causeText, countText, instantText, shareText, spanText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'
import { Sparkline } from '../parts/sparkline.tsx'
import { Choice } from '../parts/choice.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import type { Store } from '../data/store.ts'
import { VirtualRows } from '../parts/virtual-rows.tsx'

const HEADINGS = ['Monitor', 'Status', 'Last run', 'Next expected', 'Success', 'p95', 'Durations']
const ROW_HEIGHT = 52
const LIST_HEIGHT = 676

/** All monitors at a glance. */
export function MonitorList({ store }: { readonly store: Store }): VNode {
  const monitors = store.overview.value?.monitors ?? []
  const filter = { ...NO_FILTER, ...store.query.value }
  const setFilter = (wanted: MonitorFilter): void => store.narrow({ ...wanted })
  const shown = filtered(monitors, filter)
  return (
    <section>
      <PageHeading store={store}>{attentionHeading(monitors)}</PageHeading>
      <NeedsAttention monitors={monitors} nowMs={store.nowMs.value} />
      <h2>All monitors</h2>
      <Filters monitors={monitors} filter={filter} onChange={setFilter} />
      {shown.length === 0 ? (
        <p class="empty">
          {monitors.length === 0 ? 'There are no monitors yet.' : 'No monitor is like that.'}{' '}
          {monitors.length > 0 && (
            <button type="button" onClick={() => setFilter(NO_FILTER)}>
              Show all {monitors.length}
            </button>
          )}
        </p>
      ) : (
        <VirtualRows
          items={shown}
          keyOf={({ id }) => id}
          rowHeight={ROW_HEIGHT}
          maxHeight={LIST_HEIGHT}
          label={countText(shown.length, 'monitor')}
          headings={HEADINGS}
          class="monitors"
        >
          {(monitor) => <Cells monitor={monitor} nowMs={store.nowMs.value} />}
        </VirtualRows>
      )}
    </section>
  )
}

function Cells({ monitor, nowMs }: { readonly monitor: MonitorSummary; readonly nowMs: number }): VNode {
  const { id, name, status, last, lastPingAt, attention, ended, succeeded, matched, p95Ms, recentMs } =
    monitor
  return (
    <>
      <span role="cell" class="name">
        <a href={monitorLink(id)}>{name}</a>
        <span class="quiet cut">
          {attention?.cause !== undefined
            ? causeText(attention.cause.message, name)
            : [monitor.tier === undefined ? '' : `tier ${monitor.tier}`, ...monitor.tags]
                .filter(Boolean)
                .join(' · ')}
        </span>
      </span>
      <span role="cell">
        <MonitorMark status={status} isWarned={attention !== undefined} />
      </span>
      <span role="cell" title={lastPingAt === undefined ? undefined : `${instantText(lastPingAt)} UTC`}>
        {last === undefined ? <span class="quiet">never</span> : <RunMark run={last} />}
        {lastPingAt !== undefined && <span class="quiet cut">{agoText(lastPingAt, nowMs)}</span>}
      </span>
      <span role="cell">
        <Expected monitor={monitor} nowMs={nowMs} />
      </span>
      <span role="cell">
        {shareText(succeeded, ended)}
        {matched > 0 && <span class="cut run-warned">{matched} matched a rule</span>}
      </span>
      <span role="cell">{p95Ms === undefined ? <span class="quiet">–</span> : spanText(p95Ms)}</span>
      <span role="cell">
        <Sparkline values={recentMs} />
      </span>
    </>
  )
}

/** The slot that is waited for, and how long it may take. */
export function Expected({
  monitor,
  nowMs,
}: {
  readonly monitor: MonitorSummary
  readonly nowMs: number
}): VNode {
  const { nextExpectedAt, graceSeconds, status, schedule, everySeconds } = monitor
  if (nextExpectedAt === undefined) {
    const why =
      status === 'paused'
        ? 'paused'
        : status === 'waiting'
          ? 'after the first ping'
          : schedule === undefined && everySeconds === undefined
            ? 'no schedule'
            : 'never'
    return <span class="quiet">{why}</span>
  }
  const isLate = Date.parse(nextExpectedAt) < nowMs
  return (
    <>
      <span class={isLate ? 'late' : ''} title={`${instantText(nextExpectedAt)} UTC`}>
        {isLate ? `due ${agoText(nextExpectedAt, nowMs)}` : agoText(nextExpectedAt, nowMs)}
      </span>
      <span class="quiet cut">grace {spanText(graceSeconds * 1_000)}</span>
    </>
  )
}

interface FiltersProps {
  readonly monitors: readonly MonitorSummary[]
  readonly filter: MonitorFilter
  readonly onChange: (filter: MonitorFilter) => void
}

function Filters({ monitors, filter, onChange }: FiltersProps): VNode {
  const tags = [...new Set(monitors.flatMap((monitor) => monitor.tags))].toSorted()
  const tiers = [
    ...new Set(monitors.flatMap(({ tier }) => (tier === undefined ? [] : [String(tier)]))),
  ].toSorted()
  const select = (field: 'status' | 'tier' | 'tag', label: string, options: readonly string[]): VNode => (
    <Choice
      label={label}
      value={filter[field]}
      options={options}
      onChange={(value) => onChange({ ...filter, [field]: value })}
    />
  )
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <label class="grow">
        Search
        <input
          type="search"
          value={filter.search}
          placeholder="name, id or tag"
          onInput={(event) => onChange({ ...filter, search: event.currentTarget.value })}
        />
      </label>
      {select('status', 'Status', ['failing', 'warning', 'active', 'waiting', 'paused'])}
      {select('tier', 'Tier', tiers)}
      {select('tag', 'Tag', tags)}
    </form>
  )
}
