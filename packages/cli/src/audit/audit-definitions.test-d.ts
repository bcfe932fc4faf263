import type { ChannelDefinition } from '@crontify/protocol'
import { test } from 'vitest'
import { auditDefinitions } from '../index.ts'

test('takes the channels of a configuration file without as const', () => {
  const monitors = [{ id: 'user-sync', channels: ['ops', 'chat'] }]
  const channels = [
    { id: 'ops', kind: 'email', to: 'ops@example.com', minimumSeverity: 'warning' },
    { id: 'chat', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' },
  ]

  auditDefinitions({ monitors, channels })
  auditDefinitions({ monitors, channels: channels as unknown as readonly ChannelDefinition[] })
})

test('does not take a channel without an id or a kind', () => {
  // @ts-expect-error a channel has an id
  auditDefinitions({ monitors: [], channels: [{ kind: 'email', to: 'ops@example.com' }] })
  // @ts-expect-error a channel has a kind
  auditDefinitions({ monitors: [], channels: [{ id: 'ops', to: 'ops@example.com' }] })
  // @ts-expect-error an address is a text
  auditDefinitions({ monitors: [], channels: [{ id: 'ops', kind: 'email', to: 5 }] })
})
