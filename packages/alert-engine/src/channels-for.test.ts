import type { ChannelDefinition, Severity } from '@crontify/protocol'
import { expect, it } from 'vitest'
import { channelsFor } from './channels-for.ts'

const channels: readonly ChannelDefinition[] = [
  { id: 'mail', kind: 'email', to: 'team@example.com' },
  { id: 'chat', kind: 'slack', url: 'https://hooks.slack.com/services/x', minimumSeverity: 'warning' },
  { id: 'on-call', kind: 'pagerduty', routingKey: 'R0', minimumSeverity: 'critical' },
]

const idsFor = (severity: Severity, attached: readonly string[]): string[] =>
  channelsFor({ severity }, { channels: attached }, channels).map(({ id }) => id)

// [D CHAN]: every attached channel gets every alert
it('gives every alert to every attached channel without a minimum', () => {
  expect(idsFor('info', ['mail'])).toEqual(['mail'])
  expect(idsFor('critical', [])).toEqual([])
  expect(channelsFor({ severity: 'critical' }, {}, channels)).toEqual([])
})

// [I]
it.each<[Severity, string[]]>([
  ['info', ['mail']],
  ['warning', ['chat', 'mail']],
  ['critical', ['on-call', 'chat', 'mail']],
])('gives an alert of severity %s to %j', (severity, ids) => {
  expect(idsFor(severity, ['on-call', 'chat', 'mail'])).toEqual(ids)
})

it('passes over channels that do not exist, and names each once', () => {
  expect(idsFor('critical', ['gone', 'mail', 'mail'])).toEqual(['mail'])
})

it('gives a suppressed alert to nobody', () => {
  const alert = { severity: 'critical', suppressed: { reason: 'outageNotNotified' } } as const

  expect(channelsFor(alert, { channels: ['mail'] }, channels)).toEqual([])
})
