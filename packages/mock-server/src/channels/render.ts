import type { ChannelDefinition } from '@crontify/protocol'
import type { Notice } from './notice.ts'
import type { Rendered } from './notification.ts'
import { renderDiscord, renderSlack } from './render-chat.ts'
import { renderEmail } from './render-email.ts'
import { renderPagerDuty, renderWebhook } from './render-machine.ts'

/** A notice in the way of its channel. Pure. */
export function render(notice: Notice, channel: ChannelDefinition): Rendered {
  switch (channel.kind) {
    case 'email':
      return renderEmail(notice, channel.to)
    case 'slack':
      return renderSlack(notice)
    case 'discord':
      return renderDiscord(notice)
    case 'webhook':
      return renderWebhook(notice)
    case 'pagerduty':
      return renderPagerDuty(notice)
  }
}
