import type { Incident } from '@crontify/mock-server/dashboard-data'
import { toldText } from '../monitors/needs-attention.tsx'
import { acknowledgedText, instantText, spanText } from '../parts/page-texts.ts'

/** An incident as Markdown: the facts as far as they are known, and room for what only people know. Pure. */
export function postMortem(
  incident: Incident,
  name: string,
  notified: readonly string[] | undefined,
): string {
  const { alerts, openedAt, closedAt, severity, state, acknowledged } = incident
  return [
    `# ${inLine(name)}: ${severity} incident of ${instantText(openedAt)} UTC`,
    '',
    `- **Cause:** ${inLine(alerts[0].message)}`,
    `- **Opened:** ${instantText(openedAt)} UTC`,
    `- **Closed:** ${
      closedAt === undefined
        ? state === 'closed'
          ? 'yes, when is no longer known'
          : `not yet${state === 'paused' ? ' (the monitor is paused)' : ''}`
        : `${instantText(closedAt)} UTC, after ${spanText(Date.parse(closedAt) - Date.parse(openedAt))}`
    }`,
    `- **Notified:** ${inLine(toldText(notified))}`,
    ...(acknowledged === undefined ? [] : [`- **Acknowledged:** ${inLine(acknowledgedText(acknowledged))}`]),
    '',
    '## Timeline (UTC)',
    '',
    ...alerts.map(({ at, type, message }) => `- ${instantText(at)} ${type}: ${inLine(message)}`),
    '',
    '## What happened',
    '',
    '## What prevents it from happening again',
    '',
  ].join('\n')
}

/** On one line, with nothing that Markdown reads as its own. */
function inLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>]/g, (sign) => `\\${sign}`)
}
