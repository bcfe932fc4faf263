import type { FoundBy } from '../finding.ts'
import { missingUpTo, type Subject } from '../subject.ts'

/** Fields that say how a run went and not what it did. */
const ABOUT_THE_RUN: ReadonlySet<string> = new Set(['duration_ms', 'exit_code'])

/** Rules that see a run which succeeded without doing its work. */
export function silentFailure(subject: Subject): readonly FoundBy[] {
  const { monitor, observed, tier } = subject
  const rules = (monitor.rules ?? []).filter(({ field }) => !ABOUT_THE_RUN.has(field))
  if (rules.length === 0) {
    if (tier >= 3) return []
    return [
      {
        level: 'missing',
        what: 'no rule checks the result of a run',
        why: 'a job can succeed for weeks without doing anything',
        fix: "send a count as metadata, and add a rule: rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }]",
      },
    ]
  }
  if (observed === undefined || observed.ends === observed.fails) return []
  return rules
    .filter(({ field }) => !observed.fields.has(field))
    .map(({ field }) => ({
      level: missingUpTo(2, subject),
      what: `its rule uses "${field}", which no success has sent`,
      why: 'a rule on a missing field never alerts',
      fix: `let the job send "${field}", or correct the rule`,
    }))
}
