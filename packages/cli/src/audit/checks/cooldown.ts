import type { FoundBy } from '../finding.ts'
import type { Subject } from '../subject.ts'

const MINUTELY = /^(?:\*|\*\/1)(?: \*){4}$/
const MINUTE_SECONDS = 60

/** Jobs that run so often that an outage is a flood of alerts. */
export function cooldown({ monitor }: Subject): readonly FoundBy[] {
  const isMinutely =
    MINUTELY.test(monitor.schedule?.trim() ?? '') || (monitor.everySeconds ?? Infinity) <= MINUTE_SECONDS
  if (!isMinutely || monitor.cooldownSeconds !== undefined || monitor.failureRate !== undefined) return []
  return [
    {
      level: 'advice',
      what: 'it runs every minute without cooldownSeconds',
      why: 'an outage of a day sends up to 1,440 alerts',
      fix: 'set cooldownSeconds, or failureRate if single runs do not matter',
    },
  ]
}
