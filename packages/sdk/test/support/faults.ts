import { gzipSync } from 'node:zlib'
import type { Script } from './fault-server.ts'

/** What a good answer says. */
export const RECEIPT: string = JSON.stringify({
  success: true,
  data: {
    received: true,
    monitorId: 'nightly-backup',
    runId: 'run-1',
    status: 'success',
    timestamp: '2026-01-05T02:00:00.000Z',
  },
})

export interface AnswerFacts {
  readonly status?: number
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Uint8Array
  readonly afterMs?: number
}

/** Reads one request and answers it. The connection then stays open: what comes next is the client's choice. */
export function answer(facts: AnswerFacts = {}): Script {
  const { status = 200, headers = [], body = RECEIPT, afterMs = 0 } = facts
  return async (wire) => {
    if ((await wire.request()) === undefined) return
    if (afterMs > 0) await wire.wait(afterMs)
    await wire.write(head(status, [['content-length', String(Buffer.byteLength(body))], ...headers]))
    await wire.write(body)
  }
}

/** Accepts the connection and breaks it off at once. */
export const resetAtOnce = (): Script => (wire) => wire.reset()

/** Breaks the connection off when the request has begun to come in. */
export const resetMidRequest = (): Script => async (wire) => {
  await wire.firstBytes()
  wire.reset()
}

/** Takes the request and says nothing. */
export const neverAnswer = (): Script => async (wire) => {
  await wire.request()
  await wire.ended
}

/** Accepts the connection and reads nothing of what comes. */
export const neverRead = (): Script => (wire) => wire.stopReading()

/** Closes the connection in order, without a byte. */
export const finWithoutByte = (): Script => async (wire) => {
  await wire.request()
  wire.end()
}

/** Says something that is not HTTP, as soon as it is called. */
export function garbage(text = 'SSH-2.0-OpenSSH_9.6p1\r\n'): Script {
  return (wire) => wire.write(text)
}

/** Writes an answer as it stands, whatever is wrong with it. */
export function raw(...parts: readonly (string | Uint8Array)[]): Script {
  return async (wire) => {
    if ((await wire.request()) === undefined) return
    for (const part of parts) await wire.write(part)
  }
}

/** Sends the headers of a good answer byte by byte; they never end. */
export function dripHeaders(everyMs = 5): Script {
  return async (wire) => {
    await wire.request()
    await wire.write('HTTP/1.1 200 OK\r\nx-drip: ')
    await drip('a', everyMs, 2_000)(wire)
  }
}

/** Sends good headers, then a body byte by byte that never ends. */
export function dripBody(everyMs = 5): Script {
  return async (wire) => {
    await wire.request()
    await wire.write(head(200, [['content-length', '100000']]))
    await drip(' ', everyMs, 2_000)(wire)
  }
}

/** Sends good headers and the beginning of a body, then nothing. */
export function stallAfterHeaders(body = '{"succ'): Script {
  return async (wire) => {
    await wire.request()
    await wire.write(head(200, [['content-length', '500']]) + body)
    await wire.ended
  }
}

/** Sends good headers and the beginning of a body, then breaks the connection off. */
export function resetMidBody(body = '{"succ'): Script {
  return async (wire) => {
    await wire.request()
    await wire.write(head(200, [['content-length', '500']]) + body)
    // A reset overtakes what is still on its way; the client is to see the headers first.
    await wire.wait(50)
    wire.reset()
  }
}

/** Sends a body without end, as fast as it is taken. */
export function endlessBody(): Script {
  // Of a size that does not add up to what a client reads at most.
  const chunk = Buffer.alloc(50_000, 'x')
  return async (wire) => {
    await wire.request()
    await wire.write(head(200, [['transfer-encoding', 'chunked']]))
    // Bounded: 1 GiB that no client should ever take.
    for (let sent = 0; sent < 16_384 && wire.isOpen; sent++) {
      await wire.write(`${chunk.length.toString(16)}\r\n`)
      await wire.write(chunk)
      await wire.write('\r\n')
    }
  }
}

/** Sends a header block of at least so many bytes. */
export function hugeHeader(bytes: number = 1024 * 1024): Script {
  return async (wire) => {
    await wire.request()
    await wire.write('HTTP/1.1 200 OK\r\n')
    for (let sent = 0; sent < bytes && wire.isOpen; sent += 1_024) {
      await wire.write(`x-${sent}: ${'a'.repeat(1_010)}\r\n`)
    }
    await wire.write('\r\n')
  }
}

/** Says again and again that the client may go on, and never answers. */
export function continueFlood(everyMs = 5): Script {
  return async (wire) => {
    await wire.request()
    await drip('HTTP/1.1 100 Continue\r\n\r\n', everyMs, 2_000)(wire)
  }
}

/** Sends the client elsewhere. */
export function redirectTo(location: string, status = 307): Script {
  return answer({ status, headers: [['location', location]], body: '' })
}

/** The page of a hotel's network, or of a proxy that wants a login. */
export function loginPage(): Script {
  return answer({ headers: [['content-type', 'text/html']], body: '<html><form>Log in</form></html>' })
}

/** Answers in gzip although that was not asked for; unpacked it has 32 MiB. */
export function gzipBomb(): Script {
  return answer({ headers: [['content-encoding', 'gzip']], body: gzipSync(Buffer.alloc(32 * 1024 * 1024)) })
}

/** The head of an answer; JSON unless another type is given. */
export function head(status: number, headers: readonly (readonly [name: string, value: string])[]): string {
  const hasType = headers.some(([name]) => name === 'content-type')
  const all = hasType ? headers : [['content-type', 'application/json'] as const, ...headers]
  return `HTTP/1.1 ${status} Status\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

function drip(piece: string, everyMs: number, times: number): Script {
  return async (wire) => {
    for (let sent = 0; sent < times && wire.isOpen; sent++) {
      await wire.write(piece)
      await wire.wait(everyMs)
    }
  }
}
