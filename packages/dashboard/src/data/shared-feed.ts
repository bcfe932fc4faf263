import type { Change } from '@crontify/mock-server/dashboard-data'
import { followChanges, type FeedListener } from './change-feed.ts'
import { type ControlApi, Refused } from './control-api.ts'

/** What the tabs of one browser tell each other. */
type TabMessage =
  | { readonly type: 'live' }
  | { readonly type: 'lost' }
  | { readonly type: 'change'; readonly change: Change }
  /** A tab has opened, and wants to know how things stand. */
  | { readonly type: 'anybody?' }

/** What the tabs of one browser share. */
export interface Tabs {
  /** Runs when no other tab of this server does, and keeps others waiting until the tab is closed. */
  readonly lead: (work: () => Promise<unknown>) => void
  readonly channel: {
    postMessage(message: unknown): void
    addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  }
}

/**
 * Follows the server's changes in any number of tabs: one of them has the stream and tells the others.
 *
 * Over HTTP/1.1 a browser opens six connections to a server, and a stream for each tab would leave none for the seventh.
 */
export function followTogether(
  api: ControlApi,
  listener: FeedListener,
  wait: (ms: number) => Promise<void>,
  tabs: Tabs | undefined,
): void {
  if (tabs === undefined) return void askAgainAndAgain(api, listener, wait)
  const { lead, channel } = tabs
  let isLeading = false
  let isLive = false
  const tell = (message: TabMessage): void => channel.postMessage(message)
  const live = (): void => {
    isLive = true
    listener.onLive()
  }
  channel.addEventListener('message', ({ data }) => {
    const message = data as TabMessage
    if (message.type === 'anybody?') {
      if (isLeading && isLive) tell({ type: 'live' })
    } else if (isLeading) return
    else if (message.type === 'change') listener.onChange(message.change)
    else if (message.type === 'lost') {
      isLive = false
      listener.onLost()
    } else if (isLive) {
      // Another tab has taken over: what happened in between was not told.
      listener.onChange(ANYTHING)
    } else live()
  })
  lead(async () => {
    isLeading = true
    await followChanges(
      api,
      {
        onLive: () => {
          live()
          tell({ type: 'live' })
        },
        onLost: () => {
          isLive = false
          listener.onLost()
          tell({ type: 'lost' })
        },
        onRefused: listener.onRefused,
        onChange: (change) => {
          listener.onChange(change)
          tell({ type: 'change', change })
        },
      },
      wait,
    )
  })
  tell({ type: 'anybody?' })
}

/** A change of which nothing is known. */
const ANYTHING: Change = { alerts: 0, pings: 0 }
const ASK_EVERY_MS = 2_000
const FORBIDDEN = 403

/** For a browser that cannot say which tab leads. */
async function askAgainAndAgain(
  api: ControlApi,
  { onLive, onLost, onRefused, onChange }: FeedListener,
  wait: (ms: number) => Promise<void>,
): Promise<never> {
  for (let isLive = false; ;) {
    try {
      await api.call('GET', '/clock')
      if (isLive) onChange(ANYTHING)
      else onLive()
      isLive = true
    } catch (error) {
      if (error instanceof Refused && error.statusCode === FORBIDDEN) onRefused()
      onLost()
      isLive = false
    }
    await wait(ASK_EVERY_MS)
  }
}

const LOCK = 'crontify-changes'

/** The tabs of this browser; `undefined` where there are no locks, as on a page from another machine over plain HTTP. */
export function browserTabs(): Tabs | undefined {
  // Missing where the types say that it is there.
  const locks = navigator.locks as LockManager | undefined
  if (locks === undefined) return undefined
  return { lead: (work) => void locks.request(LOCK, work), channel: new BroadcastChannel(LOCK) }
}
