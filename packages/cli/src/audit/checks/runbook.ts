import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

/** Where the person who is woken finds what to do. */
export function runbook({ monitor, tier }: Subject): readonly FoundBy[] {
  if (tier !== 1 || monitor.runbook !== undefined) return []
  return [
    {
      level: 'missing',
      what: 'runbook is not set',
      why: 'the person on call may not know this job',
      fix: "link a page that says what it does and how to run it again: runbook: 'https://…'",
    },
  ]
}
