import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

/** What an alert shows of a log as well. */
const SHOWN = 400

/** A log as text, collapsed where it is long. */
export function LogText({ text }: { readonly text: string }): VNode {
  const [isWhole, setWhole] = useState(false)
  const isLong = text.length > SHOWN
  return (
    <div class="log">
      <pre tabIndex={0} aria-label="Log">
        {isWhole || !isLong ? text : `${text.slice(0, SHOWN)}…`}
      </pre>
      {isLong && (
        <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? `Show the first ${SHOWN} characters`
            : `Show all ${text.length.toLocaleString('en')} characters`}
        </button>
      )}
    </div>
  )
}
