import { durationText } from '@crontify/alert-engine'
import { DEFAULT_GRACE_SECONDS, type MonitorDefinition, printableValue, ruleText } from '@crontify/protocol'
import type { MockMonitor } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import { oneLine } from '../channels/safe-text.ts'
import { eventLines } from './event-lines.ts'
import type { TimelineEntry } from './timeline.ts'

/** What is known of one monitor. */
export interface MonitorStory {
  readonly monitor: MockMonitor
  /** Oldest first. */
  readonly entries: readonly TimelineEntry[]
  readonly now: IsoInstant
  /** Whether older events were forgotten. */
  readonly isCut: boolean
}

/** The story of a monitor, line by line: what it waits for, what came, what followed and why, what comes next. Pure. */
export function explain({ monitor, entries, now, isCut }: MonitorStory): readonly string[] {
  const { definition } = monitor
  return [
    `${monitor.id} is ${monitor.status}: ${expectationText(definition)}`,
    ...troubleLines(monitor),
    ...(isCut ? ['  … older events were forgotten'] : []),
    ...(entries.length === 0 ? ['  nothing has happened'] : []),
    ...entries.flatMap(({ at, event }) =>
      eventLines(event, definition).map((line) => `  ${when(at)}  ${line}`),
    ),
    `  ${when(now)}  now    ${outlook(monitor)}`,
  ]
}

/** An instant as the timeline shows it: UTC, without the letters that nobody reads. */
export function when(instant: IsoInstant): string {
  return instant.replace('T', ' ').replace(/\.000Z$|Z$/, '')
}

function expectationText(definition: MonitorDefinition): string {
  const { schedule, everySeconds, timezone = 'UTC', graceSeconds = DEFAULT_GRACE_SECONDS } = definition
  const rhythm =
    schedule !== undefined
      ? `schedule ${printableValue(schedule)} ${timezone}`
      : everySeconds !== undefined
        ? `every ${durationText(everySeconds * 1_000)}`
        : 'no schedule'
  const rules = definition.rules ?? []
  return [
    rhythm,
    `grace ${durationText(graceSeconds * 1_000)}`,
    rules.length === 0 ? 'no rules' : `alerts if ${rules.map(ruleText).join(', or ')}`,
    definition.channels === undefined || definition.channels.length === 0
      ? 'no channels'
      : `tells ${definition.channels.join(', ')}`,
  ].join('; ')
}

/** What is wrong now, since when, and how many times in a row. */
function troubleLines({ outage, silentFailure }: MockMonitor): readonly string[] {
  return [
    ...(outage === undefined
      ? []
      : [
          `  failing since ${when(outage.since)}, ${runsText(outage.runs)} in a row: ${oneLine(outage.message, 300)}`,
        ]),
    ...(silentFailure === undefined
      ? []
      : [
          `  succeeds without doing its work since ${when(silentFailure.since)}, ${runsText(silentFailure.runs)} in a row: ` +
            silentFailure.rules.map((rule) => `${ruleText(rule)}, it was ${rule.value}`).join('; '),
        ]),
  ]
}

function runsText(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`
}

function outlook({ status, nextExpectedAt, openRunId, pause }: MockMonitor): string {
  const open = openRunId === undefined ? '' : `; run ${openRunId} is open`
  if (status === 'waiting') return 'it waits for its first ping; until then nothing can be missed'
  if (status === 'paused') {
    const until = pause?.until === undefined ? '' : ` until ${when(pause.until)}`
    const reason = pause?.reason === undefined ? '' : ` (${oneLine(pause.reason, 300)})`
    return `it is paused${until}${reason}: pings are recorded, nothing alerts${open}`
  }
  return (
    (nextExpectedAt === undefined ? 'no ping is expected' : `next expected ${when(nextExpectedAt)}`) + open
  )
}
