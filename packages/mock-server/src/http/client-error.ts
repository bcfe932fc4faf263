import type { Duplex } from 'node:stream'
import { refusalBody } from './api-answers.ts'

/** What could not be read as HTTP, and the status that says so; `undefined` where nobody is left to answer. */
export function clientErrorStatus(error: NodeJS.ErrnoException): 400 | 408 | 431 | undefined {
  switch (error.code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408
    case 'HPE_HEADER_OVERFLOW':
      return 431
    default:
      return 400
  }
}

const REASONS = {
  400: ['Bad Request', 'This is not an HTTP request'],
  408: ['Request Timeout', 'The request did not arrive in time'],
  431: ['Request Header Fields Too Large', 'The headers are too large'],
} as const

/** Says so on the bare socket, and ends it. */
export function answerClientError(socket: Duplex, statusCode: 400 | 408 | 431): string {
  const [phrase, message] = REASONS[statusCode]
  const text = JSON.stringify(refusalBody(statusCode, message))
  socket.end(
    `HTTP/1.1 ${statusCode} ${phrase}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  )
  return message
}
