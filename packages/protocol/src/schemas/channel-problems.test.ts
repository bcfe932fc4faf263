import { expect, it } from 'vitest'
import { channelProblems } from './definition-problems.ts'

it.each([
  { id: 'my-email', kind: 'email', to: 'ops@example.com' },
  { id: 'ops', kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x', minimumSeverity: 'warning' },
  { id: 'chat', kind: 'discord', url: 'https://discord.com/api/webhooks/1/x', name: 'Chat' },
  { id: 'hook', kind: 'webhook', url: 'https://example.com/alerts' },
  { id: 'here', kind: 'webhook', url: 'http://127.0.0.1:8080/alerts' },
  { id: 'on-call', kind: 'pagerduty', routingKey: 'R0123456789ABCDEF0123456789ABCDE' },
])('finds nothing wrong with $id', (channel) => {
  expect(channelProblems(channel)).toEqual([])
})

it.each<[unknown, string]>([
  [null, 'A channel definition must be an object of id, kind'],
  ['ops', 'A channel definition must be an object of id, kind and what the kind needs, got "ops"'],
  [{ id: 'a' }, '"kind" must be one of email, slack, discord, webhook, pagerduty'],
  [{ id: 'a', kind: 'sms' }, '"kind" must be one of email'],
  [{ kind: 'email', to: 'ops@example.com' }, '"id" must be'],
  [{ id: 'a', kind: 'email', to: 'ops' }, '"to" must be one mail address'],
  [{ id: 'a', kind: 'slack' }, '"url" must be an https URL'],
  [
    { id: 'a', kind: 'email', url: 'https://x.example' },
    '"url" is not a field of a channel of kind "email"; it has id, name, minimumSeverity, kind, to',
  ],
  [
    { id: 'a', kind: 'slack', url: 'https://x.example', minimalSeverity: 'info' },
    '"minimalSeverity" (did you mean "minimumSeverity"?)',
  ],
  [
    { id: 'a', kind: 'slack', url: 'https://x.example', minimumSeverity: 'high' },
    '"minimumSeverity" must be one of info, warning, critical',
  ],
])('says what is wrong with %o', (channel, problem) => {
  expect(channelProblems(channel).join('; ')).toContain(problem)
})

// [D CHAN]: HTTPS is required
it.each([
  'http://example.com/alerts',
  'http://localhost.example.com/',
  'ftp://example.com/',
  'alerts',
  'https://',
])('refuses to send to %s', (url) => {
  expect(channelProblems({ id: 'a', kind: 'webhook', url })).toHaveLength(1)
})

it('shows neither the address of a channel nor its key', () => {
  const secret = 'SECRET-PART'
  const problems = [
    { id: 'a', kind: 'slack', url: `http://hooks.slack.com/services/${secret}` },
    { id: 'a', kind: 'pagerduty', routingKey: `${secret} ` },
    { id: 'a', kind: 'email', to: 'a@example.com', url: secret },
  ].flatMap(channelProblems)

  expect(problems).toHaveLength(3)
  expect(problems.join()).not.toContain(secret)
  expect(problems[0]).toContain('got a text of 43 characters that is not shown')
})
