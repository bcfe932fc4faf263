import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Store } from '../data/store.ts'

/** Acknowledges a monitor's open incident, with an optional note. */
export function AcknowledgeForm({
  store,
  monitorId,
}: {
  readonly store: Store
  readonly monitorId: string
}): VNode {
  const [note, setNote] = useState('')
  const acknowledge = async (): Promise<void> => {
    const text = note.trim()
    const path = `/monitors/${encodeURIComponent(monitorId)}/acknowledge`
    if (await store.act(() => store.api.call('POST', path, text === '' ? {} : { note: text }))) setNote('')
  }
  return (
    <form
      class="acknowledge"
      onSubmit={(event) => {
        event.preventDefault()
        void acknowledge()
      }}
    >
      <input
        aria-label="Note for the team"
        placeholder="Note for the team"
        maxLength={500}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <button type="submit">Acknowledge</button>
    </form>
  )
}
