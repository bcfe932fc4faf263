import type { MonitorSummary } from './monitor-summary.ts'

/** The fields of a monitor that changed; `null` for one that it no longer has. */
export type SummaryChange = { readonly id: string } & {
  readonly [Field in keyof MonitorSummary]?: MonitorSummary[Field] | null
}

/** The part of the overview that a page does not have yet. */
export type OverviewChanges = {
  /** Sent back as `since`, it leads to what changed after this answer. */
  readonly revision: number
} & (
  | { readonly isWhole: true; readonly monitors: readonly MonitorSummary[] }
  /** Each belongs to a monitor that the page has. */
  | { readonly isWhole: false; readonly monitors: readonly SummaryChange[] }
)

interface SentField {
  /** As JSON; `undefined` once the monitor no longer has the field. */
  readonly text: string | undefined
  readonly revision: number
}

/**
 * Answers what changed since an earlier answer, so that a page with 1,000 monitors does not load all of them for one ping.
 *
 * @param summaries  All monitors as they are now.
 * @returns a function of the revision that the page has; an unknown revision leads to everything
 */
export function createOverviewChanges(
  summaries: () => readonly MonitorSummary[],
): (since: number | undefined) => OverviewChanges {
  const sent = new Map<string, Map<string, SentField>>()
  let revision = 0
  let order = ''
  let reorderedAt = 0

  /** Notes the fields that differ from the last answer. */
  function note(monitor: MonitorSummary, next: number): void {
    const fields = sent.get(monitor.id) ?? new Map<string, SentField>()
    sent.set(monitor.id, fields)
    const values: Readonly<Record<string, unknown>> = { ...monitor }
    for (const field of new Set([...fields.keys(), ...Object.keys(values)])) {
      const text = JSON.stringify(values[field]) as string | undefined
      if (fields.get(field)?.text === text) continue
      fields.set(field, { text, revision: next })
      revision = next
    }
  }

  function changeOf(monitor: MonitorSummary, since: number): SummaryChange | undefined {
    const values: Readonly<Record<string, unknown>> = { ...monitor }
    const changed = [...(sent.get(monitor.id) ?? [])].filter(([, field]) => field.revision > since)
    if (changed.length === 0) return undefined
    return { id: monitor.id, ...Object.fromEntries(changed.map(([field]) => [field, values[field] ?? null])) }
  }

  return (since) => {
    const monitors = summaries()
    const next = revision + 1
    const newOrder = JSON.stringify(monitors.map(({ id }) => id))
    if (newOrder !== order) {
      order = newOrder
      reorderedAt = next
      revision = next
      const present = new Set(monitors.map(({ id }) => id))
      for (const id of sent.keys()) if (!present.has(id)) sent.delete(id)
    }
    for (const monitor of monitors) note(monitor, next)
    return since === undefined || since > revision || since < reorderedAt
      ? { revision, isWhole: true, monitors }
      : { revision, isWhole: false, monitors: monitors.flatMap((one) => changeOf(one, since) ?? []) }
  }
}

/** The monitors of a page after an answer. Pure. */
export function withChanges(
  before: readonly MonitorSummary[],
  answer: OverviewChanges,
): readonly MonitorSummary[] {
  if (answer.isWhole) return answer.monitors
  const changes = new Map(answer.monitors.map((change) => [change.id, change]))
  return before.map((monitor) => {
    const change = changes.get(monitor.id)
    if (change === undefined) return monitor
    const fields = Object.entries({ ...monitor, ...change }).filter(([, value]) => value !== null)
    return Object.fromEntries(fields) as unknown as MonitorSummary
  })
}
