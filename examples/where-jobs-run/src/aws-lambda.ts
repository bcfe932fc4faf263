import { monitorLambda } from '@crontify/aws-lambda'
import { CrontifyMonitor } from '@crontify/sdk'
import { writeReport } from './write-report.ts'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-report' })
export const handler = monitorLambda(monitor, async (_event: ScheduledEvent, _context: object) =>
  writeReport(),
)

/** What EventBridge sends. */
interface ScheduledEvent {
  readonly 'detail-type': 'Scheduled Event'
  readonly time: string
}
// Plays EventBridge and Lambda.
const context = { awsRequestId: 'a-request', getRemainingTimeInMillis: () => 3_000 }
await handler({ 'detail-type': 'Scheduled Event', time: '2026-01-05T02:00:00Z' }, context)
