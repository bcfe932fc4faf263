import type { Alert, ClosedRun, MonitorState, OpenedRun } from '@crontify/alert-engine'
import type { Acknowledgment } from '../acknowledgments.ts'
import type { Notification } from '../channels/notification.ts'
import type { DefinitionSet } from '../definitions.ts'
import type { MockPing } from '../mock-records.ts'
import type { IsoInstant } from '../time-texts.ts'
import type { DayTotals } from '../run-totals.ts'
import type { MonitorChange } from '../monitor-registry.ts'

/** The first line of a data file. */
export const HEADER = { crontifyMockServer: 'data', version: 1 } as const

/** One line of a data file. */
export type StoredRecord =
  /** All that an event did to a monitor, in one line: it is there whole, or not at all. */
  | { readonly type: 'change'; readonly at: IsoInstant; readonly change: MonitorChange }
  | { readonly type: 'definitions'; readonly set: DefinitionSet }
  | { readonly type: 'removed'; readonly monitorId: string }
  | { readonly type: 'reset' }
  | { readonly type: 'time'; readonly at: IsoInstant }
  /** What a channel got; again when more is known of its way. */
  | { readonly type: 'notification'; readonly notification: Notification }
  /** In the place of older changes, once the file was written anew. */
  | { readonly type: 'state'; readonly monitorId: string; readonly state: MonitorState }
  | { readonly type: 'run'; readonly run: OpenedRun | ClosedRun }
  | { readonly type: 'alert'; readonly alert: Alert }
  /** In the place of runs that are not kept any more; behind those that are. */
  | { readonly type: 'days'; readonly monitorId: string; readonly days: DayTotals }
  | { readonly type: 'ping'; readonly ping: MockPing }
  | { readonly type: 'acknowledged'; readonly acknowledgment: Acknowledgment }

const TYPES: readonly StoredRecord['type'][] = [
  'change',
  'definitions',
  'removed',
  'reset',
  'time',
  'notification',
  'state',
  'run',
  'alert',
  'days',
  'ping',
  'acknowledged',
]

/** Reads a line; `undefined` for one that is damaged. */
export function readRecord(line: string): StoredRecord | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
    return TYPES.some((known) => known === type) ? (value as StoredRecord) : undefined
  } catch {
    return undefined
  }
}
