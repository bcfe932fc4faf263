import type { MockAlert, MockMonitor, MockRun, Notification } from '@crontify/mock-server'

/** What a local Crontify knows at one moment. */
export interface Snapshot {
  /** When it was: for a data file, the last moment that it holds. */
  readonly at: string
  readonly monitors: readonly MockMonitor[]
  readonly alerts: readonly MockAlert[]
  /** `undefined` where they are not recorded. */
  readonly notifications: readonly Notification[] | undefined
  /** Runs of a monitor, oldest first. */
  readonly runs: (monitorId: string) => Promise<readonly MockRun[]>
}

/** A local Crontify that cannot be read, with the reason for the person who asked. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}
