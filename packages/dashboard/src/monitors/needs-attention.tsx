import type { VNode } from 'preact'
import { type Attention, byUrgency, type MonitorSummary } from '@crontify/mock-server/dashboard-data'
import { CopyButton } from '../parts/copy-button.tsx'
import { causeText, countText, instantText, sinceText, streakText } from '../parts/page-texts.ts'
import { monitorLink } from '../data/route.ts'

/** How many monitors need somebody, by how much. Pure. */
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
  const { cause, name, tier, description, owner, notified, runbook, rerun } = attention
  return (
    <>
      <p class="cause">
        {cause === undefined
          ? 'The alert that it began with is no longer kept.'
          : causeText(cause.message, name)}
      </p>
      {description !== undefined && <p class="quiet">{description}</p>}
      <dl class="facts">
        {tier !== undefined && (
          <div>
            <dt>Tier</dt>
            <dd>
              Tier {tier}: {TIERS[tier]}
            </dd>
          </div>
        )}
        {owner !== undefined && (
          <div>
            <dt>Owner</dt>
            <dd>{owner}</dd>
          </div>
        )}
        <div>
          <dt>Notified</dt>
          <dd>{toldText(notified)}</dd>
        </div>
        {runbook !== undefined && (
          <div>
            <dt>Runbook</dt>
            <dd>
              <Link to={runbook} />
            </dd>
          </div>
        )}
        {rerun !== undefined && (
          <div>
            <dt>Run it again</dt>
            <dd>
              {isAddress(rerun) ? (
                <Link to={rerun} />
              ) : (
                <>
                  <code>{rerun}</code> <CopyButton text={rerun} />
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
    </>
  )
}

const TIERS = { 1: 'data and money', 2: 'users see it', 3: 'maintenance', 4: 'best effort' } as const

/** Who was told, or that it is not known. Pure. */
export function toldText(notified: readonly string[] | undefined): string {
  if (notified === undefined) return 'not recorded any more'
  return notified.length === 0 ? 'no channel: none takes this alert' : notified.join(', ')
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text)
}

function Link({ to }: { readonly to: string }): VNode {
  return isAddress(to) ? (
    <a href={to} rel="noreferrer">
      {to}
    </a>
  ) : (
    <>{to}</>
  )
}
