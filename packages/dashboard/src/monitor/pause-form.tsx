import type { MonitorSummary } from '@crontify/mock-server/dashboard-data'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Store } from '../data/store.ts'
import { instantText } from '../parts/page-texts.ts'

/** How long a pause lasts, in milliseconds; 0 for one without an end. */
const LENGTHS = [
  [3_600_000, '1 hour'],
  [4 * 3_600_000, '4 hours'],
  [86_400_000, '1 day'],
  [7 * 86_400_000, '1 week'],
  [0, 'until resumed'],
] as const

interface PauseFormProps {
  readonly store: Store
  readonly summary: MonitorSummary
  readonly path: string
}

/** Pauses a monitor for a time and a reason, or shows both and resumes it. */
export function PauseForm({ store, summary, path }: PauseFormProps): VNode {
  const [isOpen, setOpen] = useState(false)
  const [lengthMs, setLength] = useState<number>(LENGTHS[0][0])
  const [reason, setReason] = useState('')
  if (summary.status === 'paused') {
    const { until, reason: given } = summary.pause ?? {}
    return (
      <span class="pause">
        <span class="quiet">
          {until === undefined ? 'until resumed' : `until ${instantText(until)} UTC`}
          {given !== undefined && `: ${given}`}
        </span>
        <button type="button" onClick={() => void store.act(() => store.api.call('POST', `${path}/resume`))}>
          Resume
        </button>
      </span>
    )
  }
  if (!isOpen) {
    return (
      <span class="pause">
        <button type="button" onClick={() => setOpen(true)}>
          Pause …
        </button>
      </span>
    )
  }
  const pause = async (): Promise<void> => {
    const until = lengthMs === 0 ? {} : { until: new Date(store.nowMs.value + lengthMs).toISOString() }
    const text = reason.trim()
    const isDone = await store.act(() =>
      store.api.call('POST', `${path}/pause`, { ...until, ...(text === '' ? {} : { reason: text }) }),
    )
    if (isDone) setOpen(false)
  }
  return (
    <form
      class="pause filters"
      onSubmit={(event) => {
        event.preventDefault()
        void pause()
      }}
    >
      <label>
        For
        <select value={lengthMs} onChange={(event) => setLength(Number(event.currentTarget.value))}>
          {LENGTHS.map(([ms, words]) => (
            <option key={ms} value={ms}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        Reason
        <input maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button type="submit" class="main">
        Pause
      </button>
      <button type="button" onClick={() => setOpen(false)}>
        Cancel
      </button>
    </form>
  )
}
