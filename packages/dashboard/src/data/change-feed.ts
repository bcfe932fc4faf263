import type { Change } from '@crontify/mock-server/dashboard-data'
import { type ControlApi, Refused } from './control-api.ts'

/** What the feed tells the page. */
export interface FeedListener {
  readonly onLive: () => void
  readonly onLost: () => void
  /** The token is not, or no longer, the server's: it was started again. */
  readonly onRefused: () => void
  readonly onChange: (change: Change) => void
}

const FORBIDDEN = 403
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5_000

/** Follows the server's changes, and comes back to them whenever they break off. Never ends by itself. */
export async function followChanges(
  api: ControlApi,
  { onLive, onLost, onRefused, onChange }: FeedListener,
  wait: (ms: number) => Promise<void>,
): Promise<never> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      for await (const event of eventsOf(await api.changes(new AbortController().signal))) {
        waitMs = FIRST_WAIT_MS
        if (event.name === 'hello') onLive()
        if (event.name === 'change') onChange(JSON.parse(event.data) as Change)
      }
    } catch (error) {
      if (error instanceof Refused && error.statusCode === FORBIDDEN) onRefused()
    }
    onLost()
    await wait(waitMs)
  }
}

interface StreamEvent {
  readonly name: string
  readonly data: string
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const fields = new Map(
        part
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      yield { name: fields.get('event') ?? '', data: fields.get('data') ?? '' }
    }
  }
}
