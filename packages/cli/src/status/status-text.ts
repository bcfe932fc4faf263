import type { Attention } from '@crontify/mock-server'
import type { Paint } from '../terminal/colors.ts'
import { agoText, instantText } from './instant-text.ts'
import type { PausedMonitor, StatusReport } from './status-command.ts'

/** The report for people. */
export function statusText(report: StatusReport, paint: Paint): string {
  const { at, monitors, attention, neverPinged, paused } = report
  const list = (what: string, ids: readonly string[]): string =>
    ids.length === 0 ? '' : `${what}: ${ids.join(', ')}\n`
  const verdict =
    attention.length === 0
      ? paint('green', 'Nothing needs attention.')
      : paint(
          'red',
          `${attention.length} of ${monitors} monitors ${attention.length === 1 ? 'needs' : 'need'} attention.`,
        )
  return [
    ...attention.map((one) => `${attentionText(one, at, paint)}\n`),
    `${verdict} ${paint('grey', `(${instantText(at)})`)}\n`,
    list('Never pinged', neverPinged),
    list(
      'Paused',
      paused.map((one) => pausedText(one)),
    ),
  ].join('')
}

function pausedText({ monitorId, until, reason }: PausedMonitor): string {
  const details = [
    ...(until === undefined ? [] : [`until ${instantText(until)}`]),
    ...(reason === undefined ? [] : [reason]),
  ]
  return details.length === 0 ? monitorId : `${monitorId} (${details.join(': ')})`
}

function attentionText(attention: Attention, now: string, paint: Paint): string {
  const { monitorId, level, cause, since, streak, tier, notified, description, owner, runbook, rerun } =
    attention
  const label = level === 'failing' ? paint('red', 'FAILING') : paint('yellow', 'WARNING')
  const streakText = streak === 1 ? '1 run' : `${streak} runs in a row`
  const rows = [
    [
      'cause',
      cause === undefined ? 'unknown: the alert is no longer recorded' : `${cause.type}: ${cause.message}`,
    ],
    ['since', `${instantText(since)} (${agoText(since, now)}), ${streakText}`],
    ['tier', tier === undefined ? undefined : String(tier)],
    ['job', description],
    ['owner', owner],
    ['notified', notifiedText(notified)],
    ['runbook', runbook],
    ['run again', rerun],
  ]
  const lines = rows.flatMap(([name = '', text]) =>
    text === undefined ? [] : [`  ${name.padEnd(10)}${text}\n`],
  )
  return `${label}  ${paint('bold', monitorId)}\n${lines.join('')}`
}

/** How the channels that were notified are shown. */
export function notifiedText(notified: readonly string[] | undefined): string {
  if (notified === undefined) return 'not recorded'
  return notified.length === 0 ? 'no channel' : notified.join(', ')
}
