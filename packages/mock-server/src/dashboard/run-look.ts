import type { RunStatus } from '@crontify/protocol'
import type { MockRun } from '../mock-records.ts'

/** How a run is shown: a success about which there is something to say is not shown as one. */
export type RunLook = RunStatus | 'rule matched' | 'slow'

/** How a run is shown. Pure. */
export function lookOf({
  status,
  hasMatchedRule,
  isDurationAnomaly,
}: Pick<MockRun, 'status' | 'hasMatchedRule' | 'isDurationAnomaly'>): RunLook {
  if (status !== 'success') return status
  if (hasMatchedRule === true) return 'rule matched'
  return isDurationAnomaly === true ? 'slow' : 'success'
}
