import type { VNode } from 'preact'
import type { Notification } from '@crontify/mock-server/dashboard-data'

interface SlackBlock {
  readonly type: string
  readonly text?: { readonly text: string }
  readonly accessory?: { readonly text: { readonly text: string } }
  readonly elements?: readonly {
    readonly text?: string
    readonly elements?: readonly { readonly text: string }[]
  }[]
}
interface DiscordEmbed {
  readonly title: string
  readonly description: string
  readonly color: number
  readonly timestamp: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

/** A notification about as its channel would show it. Everything in it is text, whatever it looks like. */
export function NotificationPreview({ notification }: { readonly notification: Notification }): VNode {
  const { delivery } = notification
  const attempts = delivery.attempts.map(({ outcome }) => outcome).join(', ')
  return (
    <figure class={`preview ${notification.kind}`}>
      {preview(notification)}
      <figcaption class="quiet">
        {notification.kind} to {notification.channelId}:{' '}
        {delivery.state === 'kept'
          ? 'kept here, not sent'
          : `${delivery.state}${attempts === '' ? '' : ` (${attempts})`}`}
      </figcaption>
    </figure>
  )
}

function preview(notification: Notification): VNode {
  switch (notification.kind) {
    case 'email':
      return (
        <>
          <p class="quiet">To: {notification.to}</p>
          <p class="subject">{notification.subject}</p>
          <pre>{notification.text}</pre>
        </>
      )
    case 'slack':
      return <Slack blocks={notification.body['blocks'] as readonly SlackBlock[]} />
    case 'discord':
      return <Discord embeds={notification.body['embeds'] as readonly DiscordEmbed[]} />
    default:
      return <pre>{JSON.stringify(notification.body, null, 2)}</pre>
  }
}

function Slack({ blocks }: { readonly blocks: readonly SlackBlock[] }): VNode {
  return (
    <>
      {blocks.map(({ type, text, accessory, elements = [] }, index) => {
        if (type === 'header')
          return (
            <p class="subject" key={index}>
              {text?.text}
            </p>
          )
        if (type === 'section') {
          return (
            <p key={index}>
              {text?.text} {accessory !== undefined && <span class="quiet">[{accessory.text.text}]</span>}
            </p>
          )
        }
        if (type === 'rich_text')
          return (
            <pre key={index}>
              {elements
                .flatMap((part) => part.elements ?? [])
                .map((part) => part.text)
                .join('')}
            </pre>
          )
        return (
          <p class="quiet" key={index}>
            {elements.map((part) => withSigns(part.text ?? '')).join(' ')}
          </p>
        )
      })}
    </>
  )
}

function Discord({ embeds }: { readonly embeds: readonly DiscordEmbed[] }): VNode {
  return (
    <>
      {embeds.map(({ title, description, fields }, index) => (
        <div key={index} class="embed">
          <p class="subject">{title}</p>
          <p>{description}</p>
          <dl class="facts">
            {fields.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </>
  )
}

/** Slack makes pictures of these. */
function withSigns(text: string): string {
  return text.replaceAll(/:(?:red|large_orange|large_green)_circle:/g, '●')
}
