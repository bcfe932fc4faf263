import { createMockCrontify } from '@crontify/mock-server'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Notification } from './notification.ts'

const url = 'https://example.com/hook'
const channels = [
  { id: 'email', kind: 'email', to: 'ops@example.com' },
  { id: 'slack', kind: 'slack', url },
  { id: 'discord', kind: 'discord', url },
  { id: 'pagerduty', kind: 'pagerduty', routingKey: 'R0' },
] as const

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 700 }),
  fc.string({
    unit: fc.constantFrom('<', '&', '*', '`', '@', '\n', '\u001b[31m', '\u200b', '😀', ' '),
    maxLength: 700,
  }),
  fc.constantFrom('', ' ', '\n\n', '\u0007', '\u200b', '\u001b[31m\u001b[0m', '```'),
)
const name = words.map((text) => text.slice(0, 200)).filter((text) => /\S/.test(text))

type Json = Readonly<Record<string, unknown>>
const bodyOf = (notifications: readonly Notification[], kind: string): Json => {
  const notification = notifications.find((one) => one.kind === kind)
  return notification !== undefined && 'body' in notification ? (notification.body as Json) : {}
}

/** Every value of a key, at any depth. */
function valuesOf(body: unknown, key: string): readonly unknown[] {
  const found: unknown[] = []
  JSON.stringify(body, (given, value: unknown) => {
    if (given === key) found.push(value)
    return value
  })
  return found
}

async function notificationsOf(
  definition: { readonly name: string },
  fail: { readonly errorMessage: string; readonly logOutput: string },
): Promise<readonly Notification[]> {
  const mock = await createMockCrontify({
    monitors: [{ id: 'job', ...definition, channels: channels.map(({ id }) => id) }],
    channels,
    clock: 'virtual',
  })
  const answer = await mock.fetch(`${mock.url}/api/v1/ping/job/fail`, {
    method: 'POST',
    headers: { 'X-API-Key': mock.apiKey },
    body: JSON.stringify(fail),
  })
  expect(answer.status).toBe(200)
  await mock.close()
  return mock.notifications()
}

// https://docs.slack.dev/reference/block-kit/blocks, https://docs.discord.com/developers/resources/message,
// https://developer.pagerduty.com/docs/events-api-v2/trigger-events, RFC 5322 2.1.1
it('stays within the limits of every channel, whatever a job is called and says', async () => {
  await fc.assert(
    fc.asyncProperty(name, words, words, async (monitorName, errorMessage, logOutput) => {
      const sent = await notificationsOf(
        { name: monitorName },
        { errorMessage: errorMessage.slice(0, 500), logOutput },
      )

      const slack = bodyOf(sent, 'slack')
      const texts = valuesOf(slack, 'text').filter((text) => typeof text === 'string')
      for (const text of texts) expect(text.trim().length).toBeGreaterThan(0)
      for (const text of texts) expect(text.length).toBeLessThanOrEqual(4_000)
      const [header] = slack['blocks'] as [{ text: { text: string } }]
      expect(header.text.text.length).toBeLessThanOrEqual(150)

      const [embed] = bodyOf(sent, 'discord')['embeds'] as [
        Json & { fields: { name: string; value: string }[] },
      ]
      const { title, description, fields } = embed as { title: string; description: string } & typeof embed
      expect([title.length > 0, title.length <= 256, description.length <= 4_096]).toEqual([true, true, true])
      for (const { value } of fields) expect(value.trim().length).toBeGreaterThan(0)
      for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1_024)
      const whole = fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0)
      expect(whole + title.length + description.length).toBeLessThanOrEqual(6_000)

      const event = bodyOf(sent, 'pagerduty') as { dedup_key: string; payload: { summary: string } }
      expect(event.payload.summary.length).toBeGreaterThan(0)
      expect(event.payload.summary.length).toBeLessThanOrEqual(1_024)
      expect(event.dedup_key.length).toBeLessThanOrEqual(255)
      expect(JSON.stringify(event).length).toBeLessThan(512_000)

      const mail = sent.find(({ kind }) => kind === 'email') as { subject: string } | undefined
      // Encoded, a character takes up to twelve; a header line ends at 998.
      expect(mail?.subject).not.toMatch(/[\r\n\u0000-\u001f\u2028\u2029]/)
      expect(Buffer.byteLength(mail?.subject ?? '')).toBeLessThanOrEqual(998)
    }),
    { numRuns: 60 },
  )
})
