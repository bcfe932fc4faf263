import type { Semantics } from '../src/semantics.ts'
import type { MonitorDefinition } from '@crontify/protocol'
import { scenario, type Scenario } from './scenario.ts'

const BEGIN = Date.parse('2026-01-05T02:00:00Z')
const DAY_MS = 86_400_000

/** A story of one successful run each day from 02:00 on 2026-01-05, each as long as its entry says. */
export function dailyRuns(
  seconds: readonly number[],
  settings: Omit<MonitorDefinition, 'id'> = {},
  semantics?: Semantics,
): Scenario {
  const story = scenario(settings, semantics)
  for (const [day, length] of seconds.entries()) {
    const startAt = BEGIN + day * DAY_MS
    story.at(new Date(startAt).toISOString()).start()
    story.at(new Date(startAt + length * 1_000).toISOString()).success()
  }
  return story
}
