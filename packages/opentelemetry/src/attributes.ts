/** The attributes of ours. Those of OpenTelemetry's semantic conventions come from what calls the job. */
export const ATTRIBUTES = {
  /** The monitor's id. */
  monitorId: 'crontify.monitor.id',
  /** The id that the run's pings carry in `X-Client-Run-Id`. */
  runId: 'crontify.run.id',
  /** `success`, `failed`, or `left` where another process continues the run. */
  status: 'crontify.run.status',
  /** Followed by the name of a metadata field. */
  meta: 'crontify.meta.',
  /** Why a ping was dropped. */
  dropReason: 'crontify.ping.drop_reason',
} as const
