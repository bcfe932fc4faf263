import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { CopyButton } from '../parts/copy-button.tsx'

/** The last lines say why a job failed. */
const LINES_SHOWN = 20
/** What terminals take for colors and links. */
const COLOURS = /\u001B\[[0-?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g

/** A log with the numbers of its lines: its end, until more is asked for. */
export function LogText({ text }: { readonly text: string }): VNode {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const plain = text.replaceAll(COLOURS, '').replace(/\n$/, '')
  const lines = plain.split('\n').map((line, index) => ({ line, number: index + 1 }))
  const isLong = lines.length > LINES_SHOWN
  const found = search === '' ? lines : lines.filter(({ line }) => contains(line, search))
  const shown = isWhole || search !== '' ? found : found.slice(-LINES_SHOWN)
  return (
    <div class="log">
      <pre tabIndex={0} aria-label="Log">
        {shown.map(({ line, number }) => (
          <span key={number} class="line" data-number={number}>
            {line}
            {'\n'}
          </span>
        ))}
      </pre>
      {search !== '' && found.length === 0 && <p class="quiet">No line has it.</p>}
      <p class="log-tools">
        {isLong && search === '' && (
          <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole
              ? `Show the last ${LINES_SHOWN} lines`
              : `Show all ${lines.length.toLocaleString('en')} lines`}
          </button>
        )}
        <CopyButton text={plain} words="Copy the log" />
        {isLong && (
          <label>
            Find in the log
            <input type="search" value={search} onInput={(event) => setSearch(event.currentTarget.value)} />
          </label>
        )}
      </p>
    </div>
  )
}

function contains(line: string, search: string): boolean {
  return line.toLowerCase().includes(search.toLowerCase())
}
