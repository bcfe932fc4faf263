import type { VNode } from 'preact'
import { type Attention, byUrgency, type MonitorSummary } from '@crontify/mock-server/dashboard-data'
import { CopyButton } from '../parts/copy-button.tsx'
import { AddressOrText, Fact, isAddress } from '../parts/fact.tsx'
import {
  acknowledgedText,
  causeText,
  countText,
  instantText,
  sinceText,
  streakText,
} from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'

/** How many monitors are failing, have a warning, or were never pinged. Pure. */
export function attentionCounts(monitors: readonly MonitorSummary[]): {
  readonly failing: number
  readonly warnings: number
  readonly neverRan: number
} {
  const levels = monitors.map(({ attention }) => attention?.level)
  return {
    failing: levels.filter((level) => level === 'failing').length,
    warnings: levels.filter((level) => level === 'warning').length,
    neverRan: monitors.filter(({ status }) => status === 'waiting').length,
  }
}

/** `4 failing, 2 warnings, 1 never ran`. Pure. */
export function attentionHeading(monitors: readonly MonitorSummary[]): string {
  const { failing, warnings, neverRan } = attentionCounts(monitors)
  const parts = [
    failing > 0 ? `${failing} failing` : '',
    warnings > 0 ? countText(warnings, 'warning') : '',
    neverRan > 0 ? `${neverRan} never ran` : '',
  ].filter(Boolean)
  return parts.length === 0 ? 'Nothing needs attention' : parts.join(', ')
}

/** What an on-call engineer needs first, the most urgent on top; then the monitors that were never pinged. */
export function NeedsAttention({
  monitors,
  nowMs,
}: {
  readonly monitors: readonly MonitorSummary[]
  readonly nowMs: number
}): VNode | null {
  const urgent = monitors
    .flatMap(({ attention }) => (attention === undefined ? [] : [attention]))
    .toSorted(byUrgency)
  const never = monitors.filter(({ status }) => status === 'waiting')
  if (urgent.length === 0 && never.length === 0) return null
  return (
    <>
      {urgent.length > 0 && (
        <ol class="incidents" aria-label="What needs attention">
          {urgent.map((attention) => (
            <li key={attention.monitorId} class={`card incident ${attention.level}`}>
              <header>
                <LevelMark level={attention.level} />
                <a href={monitorLink(attention.monitorId)}>{attention.name}</a>
                <Since attention={attention} nowMs={nowMs} />
              </header>
              <Incident attention={attention} />
            </li>
          ))}
        </ol>
      )}
      {never.length > 0 && (
        <p class="card">
          Never pinged:{' '}
          {never.slice(0, MOST_NAMED).map(({ id, name }, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <a href={monitorLink(id)}>{name}</a>
            </span>
          ))}
          {never.length > MOST_NAMED && ` and ${never.length - MOST_NAMED} more`}
        </p>
      )}
    </>
  )
}

const MOST_NAMED = 10

export function LevelMark({ level }: { readonly level: Attention['level'] }): VNode {
  return <span class={`pill ${level === 'failing' ? 'critical' : 'warning'}`}>{level}</span>
}

export function Since({
  attention: { since, streak },
  nowMs,
}: {
  readonly attention: Attention
  readonly nowMs: number
}): VNode {
  return (
    <span class="quiet" title={`${instantText(since)} UTC`}>
      since {sinceText(since, nowMs)}
      {streak > 1 && `, ${streakText(streak)}`}
    </span>
  )
}

/** Why, how much it matters, who knows, and what to do. */
export function Incident({ attention }: { readonly attention: Attention }): VNode {
  const { cause, name, tier, description, owner, notified, runbook, rerun, acknowledged } = attention
  return (
    <>
      <p class="cause">
        {cause === undefined
          ? 'The first alert of this incident is no longer kept.'
          : causeText(cause.message, name)}
      </p>
      {description !== undefined && <p class="quiet">{description}</p>}
      <dl class="facts">
        <Fact name="Tier">{tier && `Tier ${tier}: ${TIERS[tier]}`}</Fact>
        <Fact name="Owner">{owner}</Fact>
        <Fact name="Notified">{toldText(notified)}</Fact>
        <Fact name="Acknowledged">{acknowledged && acknowledgedText(acknowledged)}</Fact>
        <Fact name="Runbook">{runbook && <AddressOrText text={runbook} />}</Fact>
        <Fact name="Run it again">{rerun && <Rerun how={rerun} />}</Fact>
      </dl>
    </>
  )
}

const TIERS = { 1: 'data and money', 2: 'users see it', 3: 'maintenance', 4: 'best effort' } as const

/** The channels that were notified, or that they are not known. Pure. */
export function toldText(notified: readonly string[] | undefined): string {
  if (notified === undefined) return 'no longer recorded'
  return notified.length === 0 ? 'no channel: none takes this alert' : notified.join(', ')
}

function Rerun({ how }: { readonly how: string }): VNode {
  if (isAddress(how)) return <AddressOrText text={how} />
  return (
    <>
      <code>{how}</code> <CopyButton text={how} />
    </>
  )
}
