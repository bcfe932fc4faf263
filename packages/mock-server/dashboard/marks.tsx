import type { AlertType, MonitorStatus, RunStatus, Severity } from '@crontify/protocol'
import type { VNode } from 'preact'

const MONITOR_SIGNS: Readonly<Record<MonitorStatus, string>> = {
  active: '●',
  failing: '▲',
  waiting: '○',
  paused: 'Ⅱ',
}
const RUN_SIGNS: Readonly<Record<RunStatus, string>> = {
  success: '✓',
  failed: '✕',
  running: '▸',
  missed: '∅',
  hung: '⧗',
  overlapped: '⧉',
}

/** A status as a sign, a colour and a word: nobody has to tell colours apart. */
export function MonitorMark({ status }: { readonly status: MonitorStatus }): VNode {
  return (
    <span class={`mark monitor-${status}`}>
      <span aria-hidden="true">{MONITOR_SIGNS[status]}</span> {status}
    </span>
  )
}

export function RunMark({
  status,
  isSlow = false,
}: {
  readonly status: RunStatus
  readonly isSlow?: boolean
}): VNode {
  return (
    <span class={`mark run-${status}`}>
      <span aria-hidden="true">{RUN_SIGNS[status]}</span> {status}
      {isSlow && <span class="slow"> slow</span>}
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
