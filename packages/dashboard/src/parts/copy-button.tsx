import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

/** Copies a text, and says whether it could. */
export function CopyButton({
  text,
  words = 'Copy',
}: {
  readonly text: string
  readonly words?: string
}): VNode {
  const [said, setSaid] = useState(words)
  const copy = async (): Promise<void> => {
    setSaid((await copied(text)) ? 'Copied' : 'Select it and copy')
  }
  return (
    <button type="button" onClick={() => void copy()}>
      {said}
    </button>
  )
}

/** Browsers have no clipboard for a page that another machine opens over plain HTTP; there the old way still works. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const place = document.createElement('textarea')
    place.value = text
    document.body.append(place)
    place.select()
    const isDone = document.execCommand('copy')
    place.remove()
    return isDone
  }
}
