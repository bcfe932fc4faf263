import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Store } from '../data/store.ts'

/** Says that somebody takes care of the open incident of a monitor, with a note for the others. */
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
        aria-label="Note for the others"
        placeholder="Note for the others"
        maxLength={500}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <button type="submit">Acknowledge</button>
    </form>
  )
}
