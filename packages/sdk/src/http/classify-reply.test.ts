import { expect, it } from 'vitest'
import { classifyReply } from './classify-reply.ts'
import type { Reply } from './transport.ts'

const ENVELOPE = JSON.stringify({
  success: true,
  data: {
    received: true,
    monitorId: 'm',
    runId: 'r',
    status: 'running',
    timestamp: '2025-01-01T09:00:00.000Z',
  },
})

function answered(statusCode: number, body = '', headers: Record<string, string> = {}): Reply {
  return { type: 'response', statusCode, body, headers: { 'content-type': 'application/json', ...headers } }
}

function failed(written: boolean, error: unknown, aborted = false): Reply {
  return { type: 'failure', written, aborted, error }
}

it.each<[string, Reply, string]>([
  ['the documented envelope', answered(200, ENVELOPE), 'accepted'],
  ['another good status', answered(202, ENVELOPE), 'accepted'],
  ['no content', answered(204, '', { 'content-type': '' }), 'accepted'],
  ['an empty body', answered(200), 'accepted'],
  ['a good status that asks to wait', answered(200, ENVELOPE, { 'retry-after': '5' }), 'accepted'],
  ['JSON that was cut off', answered(200, '{"success":tr'), 'accepted'],
  ['a login page', answered(200, '<html>', { 'content-type': 'text/html' }), 'misrouted'],
  ['JSON null', answered(200, 'null'), 'misrouted'],
  ['a JSON list', answered(200, '[]'), 'misrouted'],
  ['JSON of something else', answered(200, '{"ok":true}'), 'misrouted'],
  ['success: false', answered(200, '{"success":false,"error":{"message":"no"}}'), 'refused'],
  ['300', answered(300), 'refused'],
  ['301', answered(301, '', { location: 'https://elsewhere.example' }), 'refused'],
  ['304', answered(304), 'refused'],
  ['307', answered(307), 'refused'],
  ['400', answered(400), 'refused'],
  ['401', answered(401), 'refused'],
  ['402', answered(402), 'refused'],
  ['403', answered(403), 'refused'],
  ['404', answered(404), 'refused'],
  ['405', answered(405), 'refused'],
  ['408', answered(408), 'unknown'],
  ['409', answered(409), 'refused'],
  ['410', answered(410), 'refused'],
  ['413', answered(413), 'refused'],
  ['422', answered(422), 'refused'],
  ['425', answered(425), 'rate-limited'],
  ['429', answered(429), 'rate-limited'],
  ['431', answered(431), 'refused'],
  ['451', answered(451), 'refused'],
  ['500', answered(500), 'unknown'],
  ['501', answered(501), 'refused'],
  ['502', answered(502), 'unknown'],
  ['503 alone', answered(503), 'unknown'],
  ['503 with Retry-After', answered(503, '', { 'retry-after': '5' }), 'rate-limited'],
  ['504', answered(504), 'unknown'],
  ['505', answered(505), 'refused'],
  ['520', answered(520), 'unknown'],
  ['999', answered(999), 'unknown'],
  ['a refused connection', failed(false, { code: 'ECONNREFUSED' }), 'unsent'],
  ['a reset before a byte was written', failed(false, { code: 'ECONNRESET' }), 'unsent'],
  ['a reset after the request was written', failed(true, { code: 'ECONNRESET' }), 'unknown'],
  ['silence', failed(true, undefined, true), 'unknown'],
  ['no connection in time', failed(false, undefined, true), 'unsent'],
])('takes %s for what it is', (_name, reply, type) => {
  expect(classifyReply(reply, 'm').type).toBe(type)
})

it('reads the receipt by own properties of the right type', () => {
  const body = '{"success":true,"data":{"runId":{},"status":7,"__proto__":{"monitorId":"x"},"extra":1}}'

  expect(classifyReply(answered(200, body), 'm')).toEqual({
    type: 'accepted',
    statusCode: 200,
    receipt: { received: true, monitorId: 'm' },
  })
})

it('names the host of a redirect, and nothing else of it', () => {
  const reply = answered(302, '', { location: 'https://user:secret@evil.example/path?token=1' })

  expect(classifyReply(reply, 'm')).toMatchObject({ detail: 'redirect to evil.example, not followed' })
})

it('repeats what the server says in one printable line', () => {
  const reply = answered(400, JSON.stringify({ error: { message: 'no\n\u001b[31mred\u202e' } }))

  expect(classifyReply(reply, 'm')).toMatchObject({ detail: 'no\\u000a\\u001b[31mred\\u202e' })
})

it.each([
  [{ code: 'ENOTFOUND' }, 'name-not-found'],
  [{ code: 'EAI_AGAIN' }, 'name-not-found'],
  [{ code: 'EAI_NODATA' }, 'name-not-found'],
  [{ code: 'EPERM' }, 'unreachable'],
  [{ code: 'ENETDOWN' }, 'unreachable'],
  [{ code: 'ECONNABORTED' }, 'reset'],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'tls'],
  [{ code: 'CERT_HAS_EXPIRED' }, 'tls'],
  [{ code: 'HPE_INVALID_CONSTANT' }, 'bad-answer'],
  [{ name: 'HTTPParserError', code: undefined }, 'bad-answer'],
  [{ cause: { code: 'ECONNREFUSED' } }, 'refused'],
  [{ errors: [{}, { code: 'EHOSTUNREACH' }] }, 'unreachable'],
  [new Error('odd'), 'other'],
  [undefined, 'other'],
])('finds the reason in %o', (error, reason) => {
  expect(classifyReply(failed(false, error), 'm')).toMatchObject({ type: 'unsent', reason })
})
