import type { AlertType, MonitorStatus, Severity } from '@crontify/protocol'
import type { VNode } from 'preact'
import { lookOf, type MockRun, type RunLook } from '@crontify/mock-server/dashboard-data'

const MONITOR_SIGNS: Readonly<Record<MonitorStatus, string>> = {
  active: '●',
  failing: '▲',
  waiting: '○',
  paused: 'Ⅱ',
}
export const RUN_SIGNS: Readonly<Record<RunLook, string>> = {
  success: '✓',
  failed: '✕',
  running: '▸',
  missed: '∅',
  hung: '⧗',
  overlapped: '⧉',
  'rule matched': '!',
  slow: '◔',
}

/** A status as a sign, a color and a word, so that it does not depend on seeing colors. */
export function MonitorMark({
  status,
  isWarned = false,
}: {
  readonly status: MonitorStatus
  /** It works, and there is a warning about its last run. */
  readonly isWarned?: boolean
}): VNode {
  return isWarned && status === 'active' ? (
    <span class="mark run-warned">
      <span aria-hidden="true">!</span> warning
    </span>
  ) : (
    <span class={`mark monitor-${status}`}>
      <span aria-hidden="true">{MONITOR_SIGNS[status]}</span> {status}
    </span>
  )
}

/** The CSS class with the color of a look. */
export function lookClass(look: RunLook): string {
  return look === 'rule matched' || look === 'slow' || look === 'overlapped' ? 'run-warned' : `run-${look}`
}

export function RunMark({
  run,
}: {
  readonly run: Pick<MockRun, 'status' | 'hasMatchedRule' | 'isDurationAnomaly'>
}): VNode {
  const look = lookOf(run)
  return (
    <span class={`mark ${lookClass(look)}`}>
      <span aria-hidden="true">{RUN_SIGNS[look]}</span>{' '}
      {look === run.status ? look : `${run.status}, ${look}`}
    </span>
  )
}

export function SeverityMark({
  severity,
  type,
}: {
  readonly severity: Severity
  readonly type: AlertType
}): VNode {
  return (
    <span class={`pill ${severity}`}>
      {severity} · {type.replace('_', ' ')}
    </span>
  )
}
