import { testAlert } from '@crontify/alert-engine'
import type { ChannelDefinition } from '@crontify/protocol'
import { expect, it } from 'vitest'
import type { MockAlert } from '../mock-records.ts'
import { noticeOf, testNoticeOf } from './notice.ts'
import { render } from './render.ts'

const url = 'https://example.com/SECRET'
const channels = {
  email: { id: 'mail', kind: 'email', to: 'ops@example.com' },
  slack: { id: 'team', kind: 'slack', url },
  discord: { id: 'chat', kind: 'discord', url },
  webhook: { id: 'hook', kind: 'webhook', url },
  pagerduty: { id: 'pager', kind: 'pagerduty', routingKey: 'SECRET' },
} as const satisfies Record<string, ChannelDefinition>

const definition = { id: 'sync', name: 'Nightly sync', runbook: 'https://wiki.example/sync' }
const alertOf = (errorMessage: string, logSnippet = 'at copy (disk.js:1)'): MockAlert => ({
  type: 'failure',
  severity: 'critical',
  monitorId: 'sync',
  runId: 'r1',
  at: '2026-01-05T02:00:00.000Z',
  message: `Nightly sync failed at 2026-01-05 02:00 UTC: ${errorMessage}`,
  details: { errorMessage, logSnippet },
})
const notice = noticeOf(alertOf('disk full'), definition)

/** Everything that a person or a parser sees, in one text. */
const shown = (kind: keyof typeof channels, alert: MockAlert): string =>
  JSON.stringify(render(noticeOf(alert, definition), channels[kind]))

it('writes a mail that says what, which run, why and what to do', () => {
  const mail = render(notice, channels.email)

  expect(mail).toMatchObject({ to: 'ops@example.com', subject: '[critical] Nightly sync failed' })
  expect('text' in mail && mail.text).toBe(
    [
      'Nightly sync failed at 2026-01-05 02:00 UTC: disk full',
      '',
      'Monitor: Nightly sync (sync)',
      'Run: r1',
      'Error: disk full',
      'Found at: 2026-01-05T02:00:00.000Z',
      '',
      'Log:',
      'at copy (disk.js:1)',
      '',
      'What to do: https://wiki.example/sync',
    ].join('\n'),
  )
  expect('html' in mail && mail.html).toContain('<pre>at copy (disk.js:1)</pre>')
})

it('writes Slack blocks with a text for where blocks are not shown', () => {
  expect(render(notice, channels.slack)).toMatchObject({
    body: {
      text: '[critical] Nightly sync failed',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Nightly sync failed' } },
        { type: 'section', text: { type: 'plain_text' }, accessory: { url: 'https://wiki.example/sync' } },
        { type: 'rich_text' },
        { type: 'context' },
      ],
    },
  })
})

it('writes a Discord embed that mentions nobody', () => {
  expect(render(notice, channels.discord)).toMatchObject({
    body: {
      embeds: [{ title: 'Nightly sync failed', timestamp: '2026-01-05T02:00:00.000Z' }],
      allowed_mentions: { parse: [] },
    },
  })
})

// The content and `logSnippet` are [D CHAN]; the other names are [I]
it('gives a webhook type, monitor, run, error message and log snippet', () => {
  expect(render(notice, channels.webhook)).toEqual({
    kind: 'webhook',
    body: {
      alertType: 'failure',
      severity: 'critical',
      monitorId: 'sync',
      monitorName: 'Nightly sync',
      runId: 'r1',
      message: 'Nightly sync failed at 2026-01-05 02:00 UTC: disk full',
      errorMessage: 'disk full',
      logSnippet: 'at copy (disk.js:1)',
      at: '2026-01-05T02:00:00.000Z',
    },
  })
})

it('opens one PagerDuty incident for an outage, and lets the recovery resolve it', () => {
  const recovery = noticeOf({ ...alertOf(''), type: 'recovery', severity: 'info' }, definition)
  const slow = noticeOf({ ...alertOf(''), type: 'slow', severity: 'warning' }, definition)
  const [began, ended, other] = [notice, recovery, slow].map((one) => {
    const rendered = render(one, channels.pagerduty)
    return 'body' in rendered ? rendered.body : {}
  })

  expect(began).toMatchObject({ event_action: 'trigger', dedup_key: 'crontify:sync', routing_key: '…' })
  expect(ended).toMatchObject({ event_action: 'resolve', dedup_key: 'crontify:sync' })
  expect(other).toMatchObject({ event_action: 'trigger', dedup_key: 'crontify:sync:slow' })
})

it('shows markup in a mail as text', () => {
  const mail = render(
    noticeOf(alertOf('<img src=x onerror=alert(1)>', '</pre><script>'), definition),
    channels.email,
  )
  const html = 'html' in mail ? mail.html : ''

  expect(html).not.toMatch(/<img|<script/)
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

it('lets no job put a line into the head of a mail', () => {
  const named = { ...definition, name: 'x\r\nBcc: everybody@example.com' }
  const mail = render(noticeOf(alertOf('a\r\nb'), named), channels.email)

  expect('subject' in mail && mail.subject).toBe('[critical] x Bcc: everybody@example.com failed')
})

it.each(['slack', 'discord'] as const)('lets no job call people on %s', (kind) => {
  const text = shown(kind, alertOf('<!channel> @channel @here @everyone <@U123> <@&5>', '@everyone <!here>'))

  if (kind === 'discord') {
    expect(text).not.toMatch(/@(everyone|here|channel)/)
    expect(text).not.toMatch(/[^\\]<@[U&]/)
    expect(text).toContain('"allowed_mentions":{"parse":[]}')
  } else {
    // Blocks of plain text are not read for mentions; what is read, the fallback and the context, has none.
    const { body } = JSON.parse(text) as { body: { text: string; blocks: { type: string }[] } }
    const read = JSON.stringify([body.text, body.blocks.filter(({ type }) => type === 'context')])
    expect(read).not.toMatch(/<!|<@|@(everyone|here|channel)/)
    expect(text).not.toContain('"type":"mrkdwn","text":"<')
  }
})

it('escapes the name of a monitor where Slack reads for markup', () => {
  const named = { ...definition, name: '<!channel> & <https://evil.test|click>' }
  const rendered = render(noticeOf(alertOf('x'), named), channels.slack)

  expect('body' in rendered && rendered.body['text']).toContain(
    '&lt;!channel&gt; &amp; &lt;https://evil.test|click&gt;',
  )
})

it('cannot be let out of a code block', () => {
  expect(shown('discord', alertOf('x', 'a```b'))).not.toContain('a```b')
})

it.each(['email', 'slack', 'discord', 'webhook', 'pagerduty'] as const)(
  'shows no secret of the channel, and stays within the limits, on %s',
  (kind) => {
    const long = '\u202e\u0007\u001b[31m*_`~|<>@'.repeat(60)
    const text = shown(kind, alertOf(long, long))

    expect(text).not.toContain('SECRET')
    expect(text.length).toBeLessThan(20_000)
    if (kind !== 'webhook' && kind !== 'pagerduty') expect(text).not.toMatch(/\\u001b|\\u0007|\u202e/)
  },
)

it('says of a test that it is one', () => {
  for (const channel of Object.values(channels)) {
    expect(JSON.stringify(render(testNoticeOf(testAlert(channel, 0)), channel))).toMatch(/test/i)
  }
})
