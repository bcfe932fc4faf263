import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { MockAlert, Notification } from '@crontify/mock-server/dashboard-data'
import { SeverityMark } from '../parts/marks.tsx'
import { NotificationPreview } from './notification-preview.tsx'
import { agoText, instantText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'
import type { Store } from '../data/store.ts'
import { useAsked } from '../data/use-asked.ts'

export interface Told {
  readonly notifications: readonly Notification[]
  /** Up to this instant there may have been others. */
  readonly completeAfter?: string
}

interface Alerts {
  readonly alerts: readonly MockAlert[]
  /** Absent until it is loaded. */
  readonly told: Told | undefined
}

/** Alerts, newest first: of one monitor, or of all. */
export function useAlerts(store: Store, monitorId?: string): Alerts {
  const revision = store.revision(monitorId)
  const alerts = useAsked<{ readonly alerts: readonly MockAlert[] }>(store, '/alerts', revision)
  const told = useAsked<Told>(store, '/told', revision).data
  const all = alerts.data?.alerts ?? []
  const wanted = monitorId === undefined ? all : all.filter((alert) => alert.monitorId === monitorId)
  return { alerts: wanted.toReversed(), told }
}

interface AlertItemsProps extends Alerts {
  readonly store: Store
  readonly empty: string
}

export function AlertItems({ store, alerts, told, empty }: AlertItemsProps): VNode {
  if (alerts.length === 0) return <p class="empty">{empty}</p>
  return (
    <ol class="alerts">
      {alerts.map((alert) => (
        <AlertItem
          key={`${alert.at} ${alert.runId ?? ''} ${alert.type}`}
          store={store}
          alert={alert}
          told={told?.notifications.filter((one) => isAbout(one, alert))}
          isToldKnown={told?.completeAfter === undefined || alert.at > told.completeAfter}
        />
      ))}
    </ol>
  )
}

interface AlertItemProps {
  readonly store: Store
  readonly alert: MockAlert
  /** Absent until it is loaded: nothing is claimed before. */
  readonly told: readonly Notification[] | undefined
  /** False where notifications of that time are not kept any more. */
  readonly isToldKnown: boolean
}

function AlertItem({ store, alert, told, isToldKnown }: AlertItemProps): VNode {
  return (
    <li class={`card alert ${alert.severity}`}>
      <header>
        <SeverityMark severity={alert.severity} type={alert.type} />
        <a href={monitorLink(alert.monitorId, alert.runId)}>{alert.monitorId}</a>
        <time dateTime={alert.at} title={`${instantText(alert.at)} UTC`} class="quiet">
          {agoText(alert.at, store.nowMs.value)}
        </time>
      </header>
      <p>{alert.message}</p>
      {told !== undefined && <ToldLine alert={alert} told={told} isToldKnown={isToldKnown} />}
    </li>
  )
}

function ToldLine({
  alert,
  told,
  isToldKnown,
}: Omit<AlertItemProps, 'store' | 'told'> & { readonly told: readonly Notification[] }): VNode {
  const [open, setOpen] = useState<string>()
  if (alert.suppressed !== undefined) {
    return (
      <p class="suppressed">
        Suppressed:{' '}
        {alert.suppressed.reason === 'cooldown'
          ? `one of its kind was sent shortly before; the cooldown ends ${instantText(alert.suppressed.untilAt)} UTC`
          : 'no channel was notified of the outage that this ends'}
      </p>
    )
  }
  if (told.length === 0)
    return (
      <p class="quiet">
        {isToldKnown
          ? 'No channel of this monitor takes this alert.'
          : 'The notifications of that time are no longer kept.'}
      </p>
    )
  const shown = told.find(({ id }) => id === open)
  return (
    <>
      <p class="told">
        Notified:{' '}
        {told.map(({ id, channelId, kind }) => (
          <button
            type="button"
            key={id}
            aria-expanded={open === id}
            onClick={() => setOpen(open === id ? undefined : id)}
          >
            {channelId} <span class="quiet">{kind}</span>
          </button>
        ))}
      </p>
      {shown !== undefined && <NotificationPreview notification={shown} />}
    </>
  )
}

export function isAbout(notification: Notification, alert: MockAlert): boolean {
  if (notification.monitorIds !== undefined)
    return (
      notification.monitorIds.includes(alert.monitorId) &&
      notification.alertType === alert.type &&
      notification.at === alert.at
    )
  return (
    notification.monitorId === alert.monitorId &&
    notification.runId === alert.runId &&
    notification.alertType === alert.type &&
    notification.at === alert.at
  )
}
