import { durationText, instantText, agoText } from '../status/instant-text.ts'
import { notifiedText } from '../status/status-text.ts'
import type { Paint } from '../terminal/colors.ts'
import type { FiveSteps } from './five-steps.ts'

const TIERS: Readonly<Record<number, string>> = {
  1: 'tier 1: data and money',
  2: 'tier 2: users see it',
  3: 'tier 3: maintenance',
  4: 'tier 4: best effort',
}

/** The five steps for people. */
export function whyText(steps: FiveSteps, now: string, paint: Paint): string {
  const { attention, status } = steps
  const headline =
    attention === undefined
      ? `is ${status}, and nothing needs attention`
      : `${attention.level === 'failing' ? 'is failing' : 'has a warning'} since ${instantText(attention.since)} (${agoText(attention.since, now)})`
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['1. The alert', alertLines(steps)],
    ['2. Recent runs', historyLines(steps, now)],
    ['3. Impact', impactLines(steps)],
    ['4. Fix it or run it again', actionLines(steps)],
    ['5. Resolve', resolutionLines(steps)],
  ]
  return [
    `${paint('bold', steps.monitorId)} ${headline}\n`,
    ...sections.map(
      ([title, lines]) => `\n${paint('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`,
    ),
  ].join('')
}

function alertLines({ alert }: FiveSteps): readonly string[] {
  if (alert === undefined) return ['No alert is recorded.']
  return [
    `${alert.type} at ${instantText(alert.at)}: ${alert.message}`,
    ...(alert.durationMs === undefined ? [] : [`after ${durationText(alert.durationMs)}`]),
    ...(alert.log === undefined
      ? []
      : [
          '',
          ...alert.log
            .trimEnd()
            .split('\n')
            .map((line) => `| ${line}`),
        ]),
  ]
}

function historyLines({ history, attention }: FiveSteps, now: string): readonly string[] {
  const { runs, bad, lastSuccessAt } = history
  if (runs.length === 0) return ['No run is recorded.']
  const verdict =
    bad === 0
      ? `None of the last ${runs.length} runs failed.`
      : `${bad} of the last ${runs.length} runs ${bad === 1 ? 'was' : 'were'} not good` +
        (attention !== undefined && attention.streak > 1 ? `, ${attention.streak} of them in a row.` : '.')
  const good =
    lastSuccessAt === undefined
      ? 'no success is recorded'
      : `${instantText(lastSuccessAt)} (${agoText(lastSuccessAt, now)})`
  return [
    verdict,
    `Last success: ${good}`,
    ...runs.map(({ status, startedAt, endedAt, expectedAt, durationMs, errorMessage }) =>
      [
        instantText(startedAt ?? expectedAt ?? endedAt ?? ''),
        status.padEnd(10),
        durationMs === undefined ? '' : durationText(durationMs),
        errorMessage ?? '',
      ]
        .join('  ')
        .trimEnd(),
    ),
  ]
}

function impactLines({ impact }: FiveSteps): readonly string[] {
  const { tier, description, owner, tags, runsLost } = impact
  return [
    tier === undefined ? 'tier is not set' : (TIERS[tier] ?? `tier ${tier}`),
    ...(description === undefined ? ['description is not set'] : [description]),
    ...(owner === undefined ? [] : [`owner: ${owner}`]),
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(', ')}`]),
    runsLost === 0
      ? 'No run is outstanding.'
      : `${runsLost} ${runsLost === 1 ? 'run' : 'runs'} since the last success.`,
  ]
}

function actionLines({ action }: FiveSteps): readonly string[] {
  const { runbook, rerun, nextExpectedAt } = action
  return [
    `runbook: ${runbook ?? 'not set'}`,
    `run again: ${rerun ?? 'not set'}`,
    ...(nextExpectedAt === undefined ? [] : [`next run expected: ${instantText(nextExpectedAt)}`]),
  ]
}

function resolutionLines({ resolution }: FiveSteps): readonly string[] {
  const { recovered, recoveryAlert, channels, notified } = resolution
  if (recovered) return ['Nothing is open.']
  const where = channels.length === 0 ? 'no channel' : channels.join(', ')
  return [
    `notified so far: ${notifiedText(notified)}`,
    recoveryAlert
      ? `The next good run resolves it. Check that the recovery alert reaches ${where}.`
      : 'The next good run resolves it. Recovery alerts are off.',
    'Update the runbook if it did not help.',
  ]
}
