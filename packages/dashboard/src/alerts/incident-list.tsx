import type { Incident } from '@crontify/mock-server/dashboard-data'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { monitorLink } from '../data/route.ts'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'
import { Choice } from '../parts/choice.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { PageHeading } from '../parts/page-heading.tsx'
import {
  acknowledgedText,
  agoText,
  causeText,
  countText,
  instantText,
  sinceText,
  spanText,
} from '../parts/page-texts.ts'
import { AcknowledgeForm } from './acknowledge-form.tsx'
import { AlertItems, isAbout, type Told } from './alert-items.tsx'
import { toldText } from '../monitors/needs-attention.tsx'
import { postMortem } from './post-mortem.ts'

const PAGE = 50
const NO_FILTER = { search: '', state: '', severity: '', tag: '' }

/** What went wrong, from the first alert to the recovery, the latest first. */
export function IncidentList({ store }: { readonly store: Store }): VNode {
  const revision = store.revision()
  const asked = useAsked<{ readonly incidents: readonly Incident[] }>(store, '/incidents', revision)
  const told = useAsked<Told>(store, '/told', revision).data
  const [pages, setPages] = useState(1)
  const monitors = new Map(store.overview.value?.monitors.map((monitor) => [monitor.id, monitor]))
  const filter = { ...NO_FILTER, ...store.query.value }
  const all = asked.data?.incidents ?? []
  const matching = all.filter(({ monitorId, state, severity }) => {
    const { name = '', tags = [] } = monitors.get(monitorId) ?? {}
    return (
      (filter.state === '' || (filter.state === 'closed') === (state === 'closed')) &&
      (filter.severity === '' || severity === filter.severity) &&
      (filter.tag === '' || tags.includes(filter.tag)) &&
      `${monitorId} ${name}`.toLowerCase().includes(filter.search.trim().toLowerCase())
    )
  })
  const shown = matching.slice(0, pages * PAGE)
  const tags = [...new Set([...monitors.values()].flatMap((monitor) => monitor.tags))].toSorted()
  const select = (field: 'state' | 'severity' | 'tag', label: string, options: readonly string[]): VNode => (
    <Choice
      label={label}
      value={filter[field]}
      options={options}
      onChange={(value) => store.narrow({ ...filter, [field]: value })}
    />
  )
  return (
    <section>
      <PageHeading store={store}>Incidents</PageHeading>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label class="grow">
          Search
          <input
            type="search"
            value={filter.search}
            placeholder="monitor"
            onInput={(event) => store.narrow({ ...filter, search: event.currentTarget.value })}
          />
        </label>
        {select('state', 'State', ['open', 'closed'])}
        {select('severity', 'Severity', ['critical', 'warning'])}
        {select('tag', 'Tag', tags)}
      </form>
      {asked.data === undefined && (
        <p class="empty">
          {asked.error === undefined ? 'Loading …' : `The incidents could not be loaded: ${asked.error}`}
        </p>
      )}
      {shown.length === 0 && asked.data !== undefined && (
        <p class="empty">
          {all.length === 0
            ? 'No incidents. A failure, a missed run or a rule that matches opens one.'
            : 'No incident matches these filters.'}{' '}
          {all.length > 0 && (
            <button type="button" onClick={() => store.narrow({})}>
              Show all {all.length}
            </button>
          )}
        </p>
      )}
      <ol class="incidents" aria-label="Incidents">
        {shown.map((incident) => (
          <IncidentItem
            key={`${incident.monitorId} ${incident.openedAt} ${incident.alerts[0].type}`}
            store={store}
            incident={incident}
            name={monitors.get(incident.monitorId)?.name ?? incident.monitorId}
            told={told}
          />
        ))}
      </ol>
      {shown.length < matching.length && (
        <button type="button" onClick={() => setPages(pages + 1)}>
          Show {Math.min(PAGE, matching.length - shown.length)} more of {matching.length}
        </button>
      )}
    </section>
  )
}

interface IncidentItemProps {
  readonly store: Store
  readonly incident: Incident
  readonly name: string
  /** Absent until it is loaded. */
  readonly told: Told | undefined
}

function IncidentItem({ store, incident, name, told }: IncidentItemProps): VNode {
  const { alerts, monitorId, openedAt, severity } = incident
  const [isOpen, setOpen] = useState(false)
  const own = told?.notifications.filter((one) => alerts.some((alert) => isAbout(one, alert))) ?? []
  const isKnown = told !== undefined && (told.completeAfter === undefined || openedAt > told.completeAfter)
  const notified = isKnown || own.length > 0 ? [...new Set(own.map(({ channelId }) => channelId))] : undefined
  return (
    <li class={`card incident ${severity === 'critical' ? 'failing' : 'warning'}`}>
      <header>
        <span class={`pill ${severity}`}>{severity}</span>
        <a href={monitorLink(monitorId)}>{name}</a>
        <span class="quiet" title={`${instantText(openedAt)} UTC`}>
          {stateText(incident, store.nowMs.value)}
        </span>
      </header>
      <p class="cause">{causeText(alerts[0].message, name)}</p>
      {told !== undefined && <p class="quiet">Notified: {toldText(notified)}</p>}
      {incident.acknowledged !== undefined && <p>Acknowledged {acknowledgedText(incident.acknowledged)}</p>}
      {incident.state === 'open' && <AcknowledgeForm store={store} monitorId={monitorId} />}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{countText(alerts.length, 'alert')}</summary>
        {isOpen && <AlertItems store={store} told={told} alerts={alerts} empty="" />}
      </details>
      {told !== undefined && (
        <p>
          <CopyButton text={postMortem(incident, name, notified)} words="Copy as post-mortem" />
        </p>
      )}
    </li>
  )
}

function stateText({ state, openedAt, closedAt }: Incident, nowMs: number): string {
  const opened = agoText(openedAt, nowMs)
  if (state !== 'closed') return `${state} since ${sinceText(openedAt, nowMs)}`
  return closedAt === undefined
    ? `opened ${opened}, closed; the end is no longer kept`
    : `opened ${opened}, closed after ${spanText(Date.parse(closedAt) - Date.parse(openedAt))}`
}
