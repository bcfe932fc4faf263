import type { MockEvent } from '../mock-records.ts'
import { monitorIdOf } from '../monitor-id-of.ts'
import type { Subscribers } from '../subscribers.ts'

/** What a page that watches is told: who changed, and not how. It asks for what it shows. */
export interface Change {
  /** Ids of monitors; absent where they are too many to name. */
  readonly monitors?: readonly string[]
  readonly alerts: number
  readonly pings: number
}

/** What the stream takes from the server. */
export interface ChangeSource {
  readonly subscribers: Subscribers
  /** Of the machine's time, in milliseconds; rejects when the signal says so. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>
  readonly closing: AbortSignal
}

/** A day on a virtual clock is a hundred thousand events, and a page that is told of each of them stands still. */
const TOGETHER_MS = 200
/** Shorter than the silence after which proxies give a connection up. */
const SIGN_OF_LIFE_MS = 15_000
const MOST_NAMED = 200
/** A page that reads nothing is not written to for ever. */
const MOST_UNREAD_BYTES = 1_048_576
const HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }

/** Server-sent events of what changes, until the page or the server goes. */
export function changeStream({ subscribers, delay, closing }: ChangeSource): Response {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, closing])
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let pending: Pending | undefined
        const send = (text: string): void => {
          if (signal.aborted) return
          if ((controller.desiredSize ?? 0) <= -MOST_UNREAD_BYTES) return gone.abort()
          controller.enqueue(encoder.encode(text))
        }
        const unsubscribe = subscribers.add((event) => {
          if (pending === undefined) {
            pending = nothingYet()
            void delay(TOGETHER_MS, signal).then(
              () => {
                const change = changeOf(pending ?? nothingYet())
                pending = undefined
                send(`event: change\ndata: ${JSON.stringify(change)}\n\n`)
              },
              () => {},
            )
          }
          note(pending, event)
        })
        signal.addEventListener('abort', () => {
          unsubscribe()
          try {
            controller.close()
          } catch {
            // The reader went first.
          }
        })
        void signsOfLife(send, delay, signal)
        send('retry: 1000\nevent: hello\ndata: {}\n\n')
      },
      cancel() {
        gone.abort()
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk.byteLength },
  )
  return new Response(body, { headers: HEADERS })
}

interface Pending {
  readonly monitors: Set<string>
  alerts: number
  pings: number
}

const nothingYet = (): Pending => ({ monitors: new Set(), alerts: 0, pings: 0 })

function note(pending: Pending, event: MockEvent): void {
  const id = monitorIdOf(event)
  if (id !== undefined) pending.monitors.add(id)
  if (event.type === 'alert') pending.alerts += 1
  if (event.type === 'ping') pending.pings += 1
}

function changeOf({ monitors, alerts, pings }: Pending): Change {
  return { ...(monitors.size > MOST_NAMED ? {} : { monitors: [...monitors] }), alerts, pings }
}

async function signsOfLife(
  send: (text: string) => void,
  delay: ChangeSource['delay'],
  signal: AbortSignal,
): Promise<void> {
  try {
    for (;;) {
      await delay(SIGN_OF_LIFE_MS, signal)
      send(': still here\n\n')
    }
  } catch {
    // The page or the server has gone.
  }
}
