import { cutText } from '@crontify/protocol'
import type { Rendered } from './notification.ts'
import type { Notice } from './notice.ts'
import { discordCode, discordText, oneLine, printable, slackText } from './safe-text.ts'

const SLACK_HEADER = 150
const SLACK_SECTION = 3_000
/** Slack takes 4,000, and an escaped character takes up to five. */
const SLACK_FALLBACK = 800
const DISCORD_TITLE = 256
/** Discord takes 4,096, but 6,000 in all. */
const DISCORD_DESCRIPTION = 3_000
const DISCORD_FIELD = 1_024
const MARKS = {
  critical: ':red_circle:',
  warning: ':large_orange_circle:',
  info: ':large_green_circle:',
} as const
const COLOURS = { critical: 0xb42318, warning: 0xb54708, info: 0x067647 } as const

/**
 * A Slack message of blocks. What a job said stands in `plain_text` and `rich_text`, which Slack does not read for
 * formatting or mentions, and in the fallback text escaped.
 */
export function renderSlack(notice: Notice): Rendered {
  const { severity, title, message, monitorId, runId, at, logSnippet, runbook } = notice
  const ids = [monitorId, runId, at].filter((part) => part !== undefined)
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: oneLine(title, SLACK_HEADER), emoji: false } },
    {
      type: 'section',
      text: { type: 'plain_text', text: printable(message, SLACK_SECTION), emoji: false },
      ...(runbook === undefined
        ? {}
        : {
            accessory: {
              type: 'button',
              text: { type: 'plain_text', text: 'What to do', emoji: false },
              url: runbook,
            },
          }),
    },
    ...(logSnippet === undefined ? [] : [preformatted(printable(logSnippet, SLACK_SECTION))]),
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: slackText(`${MARKS[severity]} ${severity} · ${ids.join(' · ')}`) }],
    },
  ]
  return {
    kind: 'slack',
    body: { text: slackText(oneLine(`[${severity}] ${title}`, SLACK_FALLBACK)), blocks },
  }
}

function preformatted(text: string): object {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  }
}

/** A Discord message of one embed, which mentions nobody whatever a job said. */
export function renderDiscord(notice: Notice): Rendered {
  const { severity, title, message, monitorId, runId, at, errorMessage, logSnippet, runbook } = notice
  const field = (name: string, value: string | undefined): object[] =>
    value === undefined || value === '' ? [] : [{ name, value: cutText(value, DISCORD_FIELD), inline: true }]
  const embed = {
    title: cutText(discordText(oneLine(title, DISCORD_TITLE / 2)), DISCORD_TITLE),
    description: cutText(discordText(printable(message, DISCORD_DESCRIPTION / 2)), DISCORD_DESCRIPTION),
    color: COLOURS[severity],
    timestamp: at,
    ...(runbook === undefined ? {} : { url: runbook }),
    fields: [
      ...field('Severity', severity),
      ...field('Monitor', monitorId),
      ...field('Run', runId),
      ...field('Error', errorMessage === undefined ? undefined : discordText(oneLine(errorMessage, 500))),
      ...field(
        'Log',
        logSnippet === undefined ? undefined : `\`\`\`\n${discordCode(printable(logSnippet, 500))}\n\`\`\``,
      ),
    ],
  }
  return { kind: 'discord', body: { embeds: [embed], allowed_mentions: { parse: [] } } }
}
