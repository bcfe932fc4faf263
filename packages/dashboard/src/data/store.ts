import { type ReadonlySignal, type Signal, computed, signal } from '@preact/signals'
import {
  type Change,
  type MonitorSummary,
  type Overview,
  withChanges,
} from '@crontify/mock-server/dashboard-data'
import type { ControlApi } from './control-api.ts'
import { type Query, queryOf, type Route, routeOf, withQuery } from './route.ts'
import { followTogether, type Tabs } from './shared-feed.ts'

/** The overview with all monitors. */
export type Shown = Omit<Overview, 'monitors' | 'isWhole'> & { readonly monitors: readonly MonitorSummary[] }

/** What all views share. */
export interface Store {
  readonly api: ControlApi
  readonly overview: Signal<Shown | undefined>
  readonly connection: Signal<'connecting' | 'live' | 'lost'>
  /** What went wrong with the last thing that was asked for, until the next one. */
  readonly trouble: Signal<string | undefined>
  /** Said aloud by screen readers. */
  readonly news: Signal<string>
  readonly route: Signal<Route>
  /** What the view is narrowed to. It is in the address, so it survives Back, and a link shows the same. */
  readonly query: ReadonlySignal<Query>
  /** Narrows the view, without another step for Back. */
  narrow(query: Query): void
  /** True from a change of the view until its heading is there. */
  readonly headingAwaited: Signal<boolean>
  /** Another number whenever what a monitor shows may be another: views that depend on it ask again. */
  readonly revision: (monitorId?: string) => number
  /** The server's time in milliseconds, moving on where the server's moves. */
  readonly nowMs: ReadonlySignal<number>
  /** Does something, shows what it made of everything, and tells where it failed. */
  act(what: () => Promise<unknown>): Promise<boolean>
}

/** What the store takes from the browser. */
export interface Browser {
  readonly location: Location
  /** Puts another part behind `#` into the address, without a step for Back. */
  readonly replaceHash: (hash: string) => void
  readonly onHashChange: (listener: () => void) => void
  readonly now: () => number
  readonly every: (ms: number, callback: () => void) => void
  readonly wait: (ms: number) => Promise<void>
  readonly tabs: Tabs | undefined
  /** Loads the page anew: the one that the server has now knows its token. */
  readonly startAgain: () => void
}

/** Asking more often than this shows nothing more. */
const ASK_EVERY_MS = 400

export function createStore(api: ControlApi, browser: Browser): Store {
  const overview = signal<Shown | undefined>(undefined)
  const receivedAt = signal(0)
  const tick = signal(browser.now())
  const connection = signal<'connecting' | 'live' | 'lost'>('connecting')
  const trouble = signal<string | undefined>(undefined)
  const news = signal('')
  const route = signal(routeOf(browser.location.hash))
  const query = signal(queryOf(browser.location.hash))
  const headingAwaited = signal(false)
  const all = signal(0)
  const any = signal(0)
  const ofMonitors = new Map<string, Signal<number>>()
  let asking: Promise<void> | undefined
  let askAgain = false

  function ofMonitor(id: string): Signal<number> {
    const known = ofMonitors.get(id) ?? signal(0)
    ofMonitors.set(id, known)
    return known
  }
  function changed(change: Change): void {
    any.value += 1
    if (change.monitors === undefined) all.value += 1
    for (const id of change.monitors ?? []) ofMonitor(id).value += 1
    if (change.alerts > 0) news.value = change.alerts === 1 ? 'A new alert' : `${change.alerts} new alerts`
    void refresh()
  }
  /** Asks at once, and once more afterwards for whatever happened meanwhile. */
  function refresh(): Promise<void> {
    if (asking !== undefined) {
      askAgain = true
      return asking
    }
    asking = (async () => {
      do {
        askAgain = false
        const before = overview.value
        const since = before === undefined ? '' : `?since=${before.revision}`
        const answer = await api.call<Overview>('GET', `/overview${since}`)
        receivedAt.value = browser.now()
        tick.value = receivedAt.value
        overview.value = { ...answer, monitors: withChanges(before?.monitors ?? [], answer) }
        if (askAgain) await browser.wait(ASK_EVERY_MS)
      } while (askAgain)
    })()
      .catch((error: unknown) => {
        if (connection.value === 'live') trouble.value = (error as Error).message
      })
      .finally(() => (asking = undefined))
    return asking
  }

  browser.onHashChange(() => {
    headingAwaited.value = true
    route.value = routeOf(browser.location.hash)
    query.value = queryOf(browser.location.hash)
  })
  browser.every(1_000, () => (tick.value = browser.now()))
  followTogether(
    api,
    {
      onLive: () => {
        connection.value = 'live'
        trouble.value = undefined
        all.value += 1
        void refresh()
      },
      onLost: () => (connection.value = 'lost'),
      onRefused: browser.startAgain,
      onChange: changed,
    },
    browser.wait,
    browser.tabs,
  )

  return {
    api,
    overview,
    connection,
    trouble,
    news,
    route,
    query,
    narrow(wanted) {
      query.value = wanted
      browser.replaceHash(withQuery(browser.location.hash, wanted))
    },
    headingAwaited,
    revision: (monitorId) => all.value + (monitorId === undefined ? any : ofMonitor(monitorId)).value,
    nowMs: computed(() => {
      const known = overview.value
      if (known === undefined) return tick.value
      const passed = known.clock === 'virtual' ? 0 : Math.max(0, tick.value - receivedAt.value)
      return Date.parse(known.now) + passed
    }),
    async act(what) {
      trouble.value = undefined
      try {
        await what()
        return true
      } catch (error) {
        trouble.value = (error as Error).message
        return false
      } finally {
        all.value += 1
        await refresh()
      }
    },
  }
}
