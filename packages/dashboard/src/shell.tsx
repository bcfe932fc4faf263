import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { IncidentList } from './alerts/incident-list.tsx'
import { ChannelList } from './alerts/channel-list.tsx'
import { ClockBar } from './clock-bar.tsx'
import { FaultPage } from './faults/fault-page.tsx'
import { KeyHelp, onPageKey } from './keys.tsx'
import { FirstRun } from './monitors/first-run.tsx'
import { MonitorList } from './monitors/monitor-list.tsx'
import { MonitorPage } from './monitor/monitor-page.tsx'
import { attentionCounts } from './monitors/needs-attention.tsx'
import type { Route } from './data/route.ts'
import type { Store } from './data/store.ts'
import { showInTab } from './tab-sign.ts'

const LINKS: readonly (readonly [view: Route['view'], href: string, words: string])[] = [
  ['monitors', '#/', 'Monitors'],
  ['incidents', '#/incidents', 'Incidents'],
  ['channels', '#/channels', 'Channels'],
  ['faults', '#/faults', 'Faults'],
  ['connect', '#/connect', 'Connect'],
]

/** What is around every view. */
export function Shell({ store, origin }: { readonly store: Store; readonly origin: string }): VNode {
  const route = store.route.value
  const main = useRef<HTMLElement>(null)
  const help = useRef<HTMLDialogElement>(null)
  const scheme = useScheme()
  const isNew =
    store.overview.value !== undefined &&
    store.overview.value.pings === 0 &&
    store.overview.value.monitors.every(({ lastPingAt }) => lastPingAt === undefined)
  const [wasRead, setRead] = useState(false)
  const shown: Route = route.view === 'monitors' && isNew && !wasRead ? { view: 'connect' } : route
  const place = `${shown.view} ${shown.view === 'monitor' ? `${shown.id} ${shown.runId ?? ''}` : ''}`
  useEffect(() => window.scrollTo(0, 0), [place])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => onPageKey(event, help.current)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const counts = attentionCounts(store.overview.value?.monitors ?? [])
  const words = shown.view === 'monitor' ? shown.id : titleOf(shown.view)
  useEffect(() => showInTab(words, counts), [words, counts.failing, counts.warnings])
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        To the content
      </a>
      <header class="top">
        <strong>
          Crontify <span class="quiet">local</span>
        </strong>
        <nav aria-label="Views">
          {LINKS.map(([view, href, words]) => (
            <a
              key={view}
              href={href}
              aria-current={isIn(shown, view) ? 'page' : undefined}
              onClick={() => view === 'monitors' && setRead(true)}
            >
              {words}
            </a>
          ))}
        </nav>
        <ClockBar store={store} />
      </header>
      {store.connection.value === 'lost' && (
        <p class="banner" role="alert">
          The server does not answer. This page goes on as soon as it does.
        </p>
      )}
      {store.trouble.value !== undefined && (
        <p class="banner" role="alert">
          {store.trouble.value}{' '}
          <button type="button" onClick={() => (store.trouble.value = undefined)}>
            Close
          </button>
        </p>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        {store.overview.value === undefined ? (
          <p class="empty">Loading …</p>
        ) : (
          <View store={store} route={shown} origin={origin} scheme={scheme} />
        )}
      </main>
      <footer>
        <button type="button" onClick={() => help.current?.showModal()}>
          Keys <kbd>?</kbd>
        </button>
      </footer>
      <KeyHelp dialog={help} />
      <p class="heard" role="status">
        {store.news.value}
      </p>
    </>
  )
}

function View({
  store,
  route,
  origin,
  scheme,
}: {
  readonly store: Store
  readonly route: Route
  readonly origin: string
  readonly scheme: string
}): VNode {
  switch (route.view) {
    case 'monitors':
      return <MonitorList store={store} />
    case 'monitor':
      return <MonitorPage key={route.id} store={store} id={route.id} runId={route.runId} scheme={scheme} />
    case 'incidents':
      return <IncidentList store={store} />
    case 'channels':
      return <ChannelList store={store} />
    case 'faults':
      return <FaultPage store={store} />
    case 'connect':
      return <FirstRun store={store} origin={origin} />
  }
}

function isIn(route: Route, view: Route['view']): boolean {
  return route.view === view || (route.view === 'monitor' && view === 'monitors')
}

function titleOf(view: Route['view']): string {
  return LINKS.find(([name]) => name === view)?.[2] ?? ''
}

/** `dark` or `light`, and whether the system forces its own colors, also when that changes. */
function useScheme(): string {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const forced = matchMedia('(forced-colors: active)')
  const read = (): string => `${dark.matches ? 'dark' : 'light'}${forced.matches ? ' forced' : ''}`
  const [scheme, setScheme] = useState(read)
  useEffect(() => {
    const changed = (): void => setScheme(read())
    for (const query of [dark, forced]) query.addEventListener('change', changed)
    return () => {
      for (const query of [dark, forced]) query.removeEventListener('change', changed)
    }
  }, [])
  return scheme
}
