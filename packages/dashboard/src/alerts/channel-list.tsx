import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { MockChannel, Notification } from '@crontify/mock-server/dashboard-data'
import { NotificationPreview } from './notification-preview.tsx'
import { countText } from '../parts/page-texts.ts'
import { PageHeading } from '../parts/page-heading.tsx'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'

/** Where alerts go, and whether they would get there. */
export function ChannelList({ store }: { readonly store: Store }): VNode {
  const { data, error } = useAsked<{ readonly channels: readonly MockChannel[] }>(
    store,
    '/channels',
    store.revision(),
  )
  const channels = data?.channels ?? []
  return (
    <section>
      <PageHeading store={store}>Channels</PageHeading>
      {error !== undefined && <p class="empty">{error}</p>}
      {data !== undefined && channels.length === 0 && (
        <p class="empty">There are no channels, so no alert is sent. Add channels to the configuration.</p>
      )}
      {channels.map((channel) => (
        <Channel key={channel.id} store={store} channel={channel} />
      ))}
    </section>
  )
}

function Channel({ store, channel }: { readonly store: Store; readonly channel: MockChannel }): VNode {
  const [test, setTest] = useState<Notification>()
  const monitors = (store.overview.value?.monitors ?? []).length
  const send = (): void =>
    void store.act(async () =>
      setTest(await store.api.call<Notification>('POST', `/channels/${encodeURIComponent(channel.id)}/test`)),
    )
  return (
    <section class="card channel">
      <header>
        <h2>{channel.name ?? channel.id}</h2>
        <span class="quiet">
          {channel.kind},{' '}
          {channel.minimumSeverity === undefined ? 'every alert' : `${channel.minimumSeverity} and above`}
        </span>
        <button type="button" onClick={send}>
          Send a test alert
        </button>
      </header>
      {test === undefined ? (
        <p class="quiet">{countText(monitors, 'monitor')} on this server.</p>
      ) : (
        <NotificationPreview notification={test} />
      )}
    </section>
  )
}
