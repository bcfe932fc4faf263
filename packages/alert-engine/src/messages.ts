import type { AlertFacts, MatchedRule, MonitorAlertFacts } from './alert-facts.ts'
import type { Instant } from './clock.ts'
import { durationText } from './duration-text.ts'
import { instantText } from './instant-text.ts'
import type { Terms } from './terms.ts'

/** What an alert tells a person who was asleep a minute ago: which job, what happened, since when. */
export function messageOf(facts: MonitorAlertFacts, at: Instant, terms: Terms): string {
  const when = terms.instantText
  switch (facts.type) {
    case 'failure': {
      const { durationMs, errorMessage } = facts.details
      const after = durationMs === undefined ? '' : ` after ${durationText(durationMs)}`
      const why = errorMessage === undefined ? 'no error message was sent' : errorMessage
      return `${terms.name} failed at ${when(at)}${after}: ${why}`
    }
    case 'missed':
      return `${terms.name} did not run: ${missedText(facts.details, when, terms)}`
    case 'hung': {
      const { startedAt, openMs, limitMs, noEndSinceAt } = facts.details
      if (noEndSinceAt !== undefined) {
        return (
          `${terms.name} hangs: runs have started since ${when(noEndSinceAt)} and none has ended in ` +
          `${durationText(at - noEndSinceAt)} (limit ${durationText(limitMs)})`
        )
      }
      return (
        `${terms.name} hangs: started ${when(startedAt)}, no end after ${durationText(openMs)} ` +
        `(limit ${durationText(limitMs)})`
      )
    }
    case 'overlapped': {
      const { startedAt, openMs } = facts.details
      return (
        `${terms.name} overlaps itself: the run of ${when(startedAt)} had not ended after ${durationText(openMs)} ` +
        'when the next one started'
      )
    }
    case 'silent_failure':
      return `${terms.name} succeeded at ${when(at)}, but ${facts.details.rules.map(ruleFinding).join('; ')}`
    case 'slow': {
      const { durationMs, usualMs, usualRuns } = facts.details
      return (
        `${terms.name} is slow: the run that ended ${when(at)} took ${durationText(durationMs)}, ` +
        `usual is ${durationText(usualMs)} (the last ${usualRuns} successes)`
      )
    }
    case 'failure_rate': {
      const { failedRuns, runs, above, errorMessage } = facts.details
      const why = errorMessage === undefined ? '' : `; the last one: ${errorMessage}`
      return `${terms.name} fails too often: ${failedRuns} of the last ${runs} runs failed (limit ${percent(above)})${why}`
    }
    case 'recovery': {
      const { outageMs, failingFromAt, silentRuns } = facts.details
      if (silentRuns !== undefined) {
        const runs = silentRuns === 1 ? 'one run' : `${silentRuns} runs`
        return `${terms.name} does its work again: ${runs} had matched a rule in ${durationText(outageMs)}, since ${when(failingFromAt)}`
      }
      return `${terms.name} works again: it was failing for ${durationText(outageMs)}, since ${when(failingFromAt)}`
    }
  }
}

/** What an alert says that a person asked for. */
export function testMessage(channelName: string, at: Instant): string {
  return `This is a test of the channel ${channelName}, sent at ${instantText(at, 'UTC')}. Nothing is wrong`
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`
}

type MissedDetails = Extract<AlertFacts, { type: 'missed' }>['details']

function missedText(details: MissedDetails, when: (instant: Instant) => string, terms: Terms): string {
  const { expectedAt, graceMs, lastPingAt, slotsMissed } = details
  const silence =
    graceMs === 0 ? 'nothing came' : `nothing came within the grace period of ${durationText(graceMs)}`
  if (terms.semantics.missedBy === 'silence') return `${silence} after the last ping of ${when(lastPingAt)}`
  const more = slotsMissed === 1 ? '' : `; ${slotsMissed} runs are missing by now`
  return `expected ${when(expectedAt)}, ${silence}${more}`
}

const COMPARISONS: Readonly<Record<MatchedRule['operator'], string>> = {
  lt: 'below',
  gt: 'above',
  eq: 'equal to',
  ne: 'not equal to',
}

function ruleFinding({ field, operator, threshold, value }: MatchedRule): string {
  return `${field} was ${value} (the rule alerts when it is ${COMPARISONS[operator]} ${threshold})`
}
