import type { ServerResponse } from 'node:http'
import type { Fault } from './fault.ts'
import { ENDLESS_PART, GARBAGE, GOOD_TEXT, spoiltAnswer } from './spoilt-answer.ts'

/**
 * Spoils an answer at the socket. `text` is what a good answer's body would have been; `latency` is not of this kind, it
 * ends in a good answer.
 */
export function spoilOnSocket(
  fault: Exclude<Fault, { type: 'latency' }>,
  outgoing: ServerResponse,
  text: string = GOOD_TEXT,
): void {
  switch (fault.type) {
    case 'silence':
      return
    case 'reset':
      outgoing.socket?.resetAndDestroy()
      return
    case 'garbage':
      outgoing.socket?.end(GARBAGE)
      return
    case 'halfAnswer':
      outgoing.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      })
      outgoing.write(text.slice(0, text.length / 2), () => outgoing.socket?.end())
      return
    case 'endlessBody':
      outgoing.writeHead(200, { 'Content-Type': 'application/json' })
      writeWithoutEnd(outgoing)
      return
    case 'status':
    case 'html':
    case 'brokenJson': {
      const answer = spoiltAnswer(fault)
      outgoing.writeHead(answer.statusCode, { ...answer.headers })
      outgoing.end(answer.text)
    }
  }
}

/** Goes on as fast as the client reads, and as long as it stays. */
function writeWithoutEnd(outgoing: ServerResponse): void {
  const more = (): void => {
    if (outgoing.destroyed) return
    outgoing.write(ENDLESS_PART, (error) => {
      if (error === undefined || error === null) more()
    })
  }
  more()
}
