import { refusalBody } from '../http/api-answers.ts'
import type { Fault } from './fault.ts'

/** An answer that HTTP can carry, as a fault makes it. */
export interface SpoiltAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

type Carried = Extract<Fault, { type: 'status' | 'html' | 'brokenJson' }>

/** What a good answer might have looked like, where the ping was not taken. */
export const GOOD_TEXT: string = JSON.stringify({ success: true, data: { received: true } })

/** Bytes that no HTTP parser takes. */
export const GARBAGE = '\u0000\u0001 this is not HTTP \u0002\r\n\r\n'

/** The part of an endless body that comes again and again. */
export const ENDLESS_PART: string = ' '.repeat(16_384)

/** The answer of a fault that stays within HTTP. */
export function spoiltAnswer(fault: Carried): SpoiltAnswer {
  switch (fault.type) {
    case 'status':
      return {
        statusCode: fault.status,
        headers: {
          'Content-Type': 'application/json',
          ...(fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }),
          ...(fault.location === undefined ? {} : { Location: fault.location }),
        },
        text: hasNoBody(fault.status)
          ? ''
          : JSON.stringify(
              refusalBody(fault.status, fault.message ?? 'The mock server was told to say this'),
            ),
      }
    case 'html':
      return {
        statusCode: fault.status ?? 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        text: '<!doctype html><title>Sign in</title><p>This page is not the API.</p>',
      }
    case 'brokenJson':
      return {
        statusCode: 200,
        headers: { 'Content-Type': 'application/json' },
        text: '{"success":true,"data":{"received":',
      }
  }
}

/** Statuses that HTTP gives no body. */
function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
