import type { DefinedMonitor } from '@crontify/sdk'
import { isMonitorId } from '@crontify/protocol'

/** Which monitor watches a job: its id, or its definition as `defineMonitor` gives it. */
export type MonitorRef = string | Pick<DefinedMonitor, 'id'>

/** The id that a reference names; `undefined` for what is neither an id nor a definition. Never throws. */
export function idOf(ref: unknown): string | undefined {
  try {
    const id: unknown = typeof ref === 'object' && ref !== null ? Reflect.get(ref, 'id') : ref
    return isMonitorId(id) ? id : undefined
  } catch {
    return undefined
  }
}
