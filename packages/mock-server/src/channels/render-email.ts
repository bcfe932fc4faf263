import type { Rendered } from './notification.ts'
import type { Notice } from './notice.ts'
import { htmlText, oneLine, printable } from './safe-text.ts'

const MAX_SUBJECT_LENGTH = 200
const MAX_TEXT_LENGTH = 4_000
const COLOURS = { critical: '#b42318', warning: '#b54708', info: '#067647' } as const

/** The mail of an alert: as text, and as HTML [D CHAN] that loads nothing. */
export function renderEmail(notice: Notice, to: string): Rendered {
  const { severity, title, message, logSnippet, runbook } = notice
  const facts = factsOf(notice)
  const text = [
    printable(message, MAX_TEXT_LENGTH),
    '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(logSnippet === undefined ? [] : ['', 'Log:', printable(logSnippet, MAX_TEXT_LENGTH)]),
    ...(runbook === undefined ? [] : ['', `What to do: ${runbook}`]),
  ].join('\n')
  return {
    kind: 'email',
    to,
    subject: oneLine(`[${severity}] ${title}`, MAX_SUBJECT_LENGTH),
    text,
    html: htmlOf(notice, facts),
  }
}

type Facts = readonly (readonly [name: string, value: string])[]

function factsOf({ monitorName, monitorId, runId, errorMessage, at }: Notice): Facts {
  const facts = [
    ['Monitor', monitorName === monitorId ? monitorName : `${monitorName} (${monitorId})`],
    ['Run', runId],
    ['Error', errorMessage],
    ['Found at', at],
  ] as const
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, oneLine(value, 500)] as const]))
}

function htmlOf({ severity, title, message, logSnippet, runbook }: Notice, facts: Facts): string {
  const safe = (text: string): string => htmlText(printable(text, MAX_TEXT_LENGTH))
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head><body style="font-family:sans-serif">',
    `<h1 style="font-size:18px;color:${COLOURS[severity]}">${safe(title)}</h1>`,
    `<p>${safe(message)}</p>`,
    `<table>${facts.map(([name, value]) => `<tr><th align="left">${name}</th><td>${safe(value)}</td></tr>`).join('')}</table>`,
    ...(logSnippet === undefined ? [] : [`<pre>${safe(logSnippet)}</pre>`]),
    ...(runbook === undefined ? [] : [`<p><a href="${safe(runbook)}">What to do</a></p>`]),
    '</body></html>',
  ].join('\n')
}
