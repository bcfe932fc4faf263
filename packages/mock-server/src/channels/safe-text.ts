import { cutText } from '@crontify/protocol'

const ZERO_WIDTH_SPACE = '\u200b'
/** Control characters but for line ends and tabs, and those that turn the direction of what follows. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu

/** Removes what could move a cursor or turn the reading direction from a text that a job sent. */
export function printable(text: string, limit: number): string {
  return cutText(
    text.replaceAll(ESCAPE_SEQUENCE, '').replaceAll('\r\n', '\n').replaceAll(UNPRINTABLE, ''),
    limit,
  )
}

/** The same on one line: a line end in a mail's subject would begin another header. */
export function oneLine(text: string, limit: number): string {
  return cutText(printable(text, text.length).replaceAll(/\s+/g, ' ').trim(), limit)
}

/** False for a text of blanks, control and invisible characters only: Slack and Discord refuse it. */
export function hasVisibleText(text: string): boolean {
  return /[^\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text.replaceAll(ESCAPE_SEQUENCE, ''))
}

/** Colors and cursor movements of a terminal. */
const ESCAPE_SEQUENCE = /\u001b\[[\d;?]*[A-Za-z]/g

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and quoted attributes of HTML. */
export function htmlText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => HTML[character] ?? character)
}

/** Slack reads `<!channel>` and `<url|text>`, and nothing else, as more than text: https://api.slack.com/reference/surfaces/formatting */
export function slackText(text: string): string {
  return withoutPings(text).replaceAll(/[&<>]/g, (character) => HTML[character] ?? character)
}

/** Discord's Markdown, taken literally. */
export function discordText(text: string): string {
  return withoutPings(text).replaceAll(/[\\*_~`|>#[\]()<-]/g, (character) => `\\${character}`)
}

/** Inside a code block of Discord's, where only its end has a meaning. */
export function discordCode(text: string): string {
  return withoutPings(text).replaceAll('```', `\`${ZERO_WIDTH_SPACE}\`\``)
}

/** `@channel` stays readable, and calls nobody. */
function withoutPings(text: string): string {
  return text.replaceAll(/@(?=channel|here|everyone|[!&]?\d)/gi, `@${ZERO_WIDTH_SPACE}`)
}
