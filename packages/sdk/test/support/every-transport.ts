import { afterEach, expect, it } from 'vitest'
import { classifyReply } from '../../src/http/classify-reply.ts'
import type { FailureReason } from '../../src/http/outcome.ts'
import { MAX_REPLY_BYTES, type Transport } from '../../src/http/transport.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'
import { createExchanges, pingTo } from './exchange.ts'
import type { FaultServer, Script } from './fault-server.ts'
import * as faults from './faults.ts'

const requested = (server: FaultServer): Promise<void> => server.whenRequested(1)
const CERTIFICATE = selfSignedCertificate()

/** Statuses that are handed on as they are. */
const STATUSES = [
  201, 202, 204, 300, 301, 304, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 415, 422, 425, 429,
  431, 451, 500, 501, 502, 503, 504, 505, 520, 527, 530, 599, 999,
]

/** Good answers whose bodies are odd; what they mean is not the transport's business. */
const ODD_BODIES: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'JSON null': 'null',
  'a JSON list': '[]',
  'a JSON number': '7',
  'a byte order mark': '\ufeff{}',
  'a NUL': '{"a":"\u0000"}',
  'ten thousand brackets': '['.repeat(10_000),
  'half a character': Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d]),
  'a dangerous name': '{"success":true,"data":{"__proto__":{"monitorId":"x"}}}',
}

/** Answers that end half-way, too early, too late or never: the status is what counts. */
const STATUS_COUNTS: Readonly<Record<string, Script>> = {
  'a body that stalls': faults.stallAfterHeaders(),
  'a body that comes byte by byte and never ends': faults.dripBody(),
  'a reset in the middle of the body': faults.resetMidBody(),
  'a body shorter than it says': async (wire) => {
    await wire.request()
    await wire.write(`${faults.head(200, [['content-length', '5000']])}${faults.RECEIPT}`)
    await wire.wait(50)
    wire.end()
  },
  'a body longer than it says': faults.raw(`${faults.head(200, [['content-length', '2']])}{}more`),
  'a second answer right behind the first': faults.raw(
    `${faults.head(200, [['content-length', '2']])}{}${faults.head(500, [['content-length', '0']])}`,
  ),
  'an answer of HTTP/1.0 that ends with the connection': async (wire) => {
    await wire.request()
    await wire.write(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${faults.RECEIPT}`)
    wire.end()
  },
}

/** Exchanges that end without a status, and what is said about them. */
const NO_STATUS: readonly (readonly [name: string, reason: FailureReason, script: Script])[] = [
  ['a reset right after the connection was accepted', 'reset', faults.resetAtOnce()],
  ['a reset while the request comes in', 'reset', faults.resetMidRequest()],
  ['an end without a byte', 'reset', faults.finWithoutByte()],
  ['the banner of an SSH server', 'bad-answer', faults.garbage()],
  ['a mebibyte of headers', 'bad-answer', faults.hugeHeader()],
  [
    'an answer with two lengths',
    'bad-answer',
    faults.raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} '),
  ],
  [
    'an answer both in pieces and of a length',
    'bad-answer',
    faults.raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n0\r\n\r\n'),
  ],
  ['a status of three letters', 'bad-answer', faults.raw('HTTP/1.1 abc OK\r\n\r\n')],
]

/** Servers that keep the client waiting; each ends when the attempt's time is up. */
const WAITS: Readonly<Record<string, Script>> = {
  silence: faults.neverAnswer(),
  'headers that come byte by byte': faults.dripHeaders(),
  'an interim answer that nobody knows': faults.raw('HTTP/1.1 199 Later\r\n\r\n'),
  'early hints without end': async (wire) => {
    await wire.request()
    for (let sent = 0; sent < 1_000 && wire.isOpen; sent++) {
      await wire.write('HTTP/1.1 103 Early Hints\r\n\r\n')
      await wire.wait(5)
    }
  },
}

/** What a transport can know and do; over a fetch it is less. */
export interface TransportFacts {
  /** Each ping has a connection of its own, which ends with it. A fetch keeps connections, and opens spare ones. */
  readonly ownsConnections: boolean
  /** It knows whether anything of the request was written. */
  readonly knowsWritten: boolean
  /** What it makes of the status 000, which is no status. */
  readonly reasonOfStatusZero: FailureReason
}

/** What every transport owes to a ping, whatever the server does: against real sockets, by what the server saw. */
export function describeEveryTransport(create: () => Transport, facts: TransportFacts): void {
  const exchanges = createExchanges(create)
  const { exchange, start } = exchanges
  afterEach(exchanges.close)

  /** The server saw this many requests, and the client let go of its one connection. */
  const expectLetGo = async (server: FaultServer, requests: number): Promise<void> => {
    expect(server.requests).toHaveLength(requests)
    if (!facts.ownsConnections) return
    await server.whenQuiet()
    expect(server.connections).toHaveLength(1)
  }
  /** What the failure says where nothing of the request was written, as far as the transport can know. */
  const unwritten = { type: 'failure', written: !facts.knowsWritten }

  it('sends the ping as it is, once, and hands the answer on', async () => {
    const { reply, server, writtenCalls } = await exchange(faults.answer(), { body: '{"meta":{"größe":1}}' })

    expect(reply).toMatchObject({ type: 'response', statusCode: 200, body: faults.RECEIPT })
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/ping/nightly-backup/success',
        body: '{"meta":{"größe":1}}',
        headers: { 'x-api-key': 'ck_live_SENTINEL0123456789abcdef', 'accept-encoding': 'identity' },
      },
    ])
    expect(writtenCalls).toBe(1)
  })

  it('waits for an answer that takes its time', async () => {
    const { reply } = await exchange(faults.answer({ afterMs: 300 }))

    expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
  })

  it('waits for the answer that follows early hints', async () => {
    const { reply } = await exchange(async (wire) => {
      await wire.request()
      await wire.write('HTTP/1.1 103 Early Hints\r\n\r\n')
      // Longer than a body may take once the status is known.
      await wire.wait(400)
      await wire.write(`${faults.head(200, [['content-length', '2']])}{}`)
    })

    expect(reply).toMatchObject({ type: 'response', statusCode: 200, body: '{}' })
  })

  it.each(STATUSES)('hands on the status %i, and asks once', async (status) => {
    const hasBody = status !== 204 && status !== 304
    const { reply, server } = await exchange(faults.answer({ status, body: hasBody ? '{}' : '' }))

    expect(reply).toMatchObject({ type: 'response', statusCode: status })
    await expectLetGo(server, 1)
  })

  it.each([301, 302, 303, 307, 308])(
    'does not follow a redirect of status %i to another host',
    async (status) => {
      const elsewhere = await start(faults.answer())
      const { reply, server } = await exchange(faults.redirectTo(`${elsewhere.origin}/api`, status))

      expect(reply).toMatchObject({
        type: 'response',
        statusCode: status,
        headers: { location: `${elsewhere.origin}/api` },
      })
      expect(elsewhere.connections).toHaveLength(0)
      expect(server.requests).toHaveLength(1)
    },
  )

  it('does not follow a redirect to the same host either', async () => {
    const { reply, server } = await exchange([faults.redirectTo('/elsewhere', 301), faults.answer()])

    expect(reply).toMatchObject({ type: 'response', statusCode: 301 })
    expect(server.requests).toHaveLength(1)
  })

  it('takes the first of a repeated header', async () => {
    const repeated = [
      ['x-limit', '1'],
      ['retry-after', '2'],
      ['retry-after', '90'],
    ] as const
    const { reply } = await exchange(faults.answer({ status: 429, headers: repeated }))

    expect(reply).toMatchObject({
      headers: { 'retry-after': expect.stringMatching(/^2(?:, 90)?$/) as string },
    })
  })

  it.each(Object.entries(ODD_BODIES))('hands on a body of %s', async (_name, body) => {
    const { reply } = await exchange(faults.answer({ body }))

    // A byte order mark is no part of the text; whether it is handed on does not matter.
    expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
    expect(reply.type === 'response' && reply.body.replace('\ufeff', '')).toBe(
      body.toString('utf8').replace('\ufeff', ''),
    )
    expect(() => classifyReply(reply, 'nightly-backup')).not.toThrow()
  })

  it('hands on a login page as what it is', async () => {
    const { reply } = await exchange(faults.loginPage())

    expect(classifyReply(reply, 'nightly-backup').type).toBe('misrouted')
  })

  it.each(Object.entries(STATUS_COUNTS))('takes the status of %s, and asks once', async (_name, script) => {
    const { reply, server, tookMs } = await exchange(script)

    expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
    expect(classifyReply(reply, 'nightly-backup').type).not.toBe('unknown')
    // A quarter of a second for the body, and what a busy machine adds.
    expect(tookMs).toBeLessThan(2_000)
    await expectLetGo(server, 1)
  })

  it('reads at most 64 KiB of a body without end, and lets go of the connection', async () => {
    const { reply, server } = await exchange(faults.endlessBody())

    expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
    expect(reply.type === 'response' && reply.body.length).toBe(MAX_REPLY_BYTES)
    await expectLetGo(server, 1)
  })

  it('keeps at most 64 KiB of what a packed body unpacks to', async () => {
    const { reply, server } = await exchange(faults.gzipBomb())

    expect(reply).toMatchObject({ type: 'response', statusCode: 200 })
    expect(reply.type === 'response' && reply.body.length).toBeLessThanOrEqual(MAX_REPLY_BYTES)
    await expectLetGo(server, 1)
  })

  const statusZero = faults.raw('HTTP/1.1 000 OK\r\ncontent-length: 0\r\n\r\n')

  it.each([...NO_STATUS, ['the status 000', facts.reasonOfStatusZero, statusZero] as const])(
    'ends in a failure at %s, for the reason "%s", and asks once',
    async (_name, reason, script) => {
      const { reply, server } = await exchange(script, { body: `"${'x'.repeat(100_000)}"` })

      expect(reply).toMatchObject({ type: 'failure', aborted: false })
      expect(classifyReply(reply, 'nightly-backup')).toMatchObject({ reason })
      if (server.connections[0]?.bytes !== 0) expect(reply).toMatchObject({ written: true })
      await expectLetGo(server, server.requests.length === 0 ? 0 : 1)
    },
  )

  it('ends in a failure at "100 Continue" without end', async () => {
    const { reply, server } = await exchange(faults.continueFlood(), {
      abortWhen: async (flooding) => {
        await flooding.whenRequested(1)
        await new Promise((resolve) => setTimeout(resolve, 100))
      },
    })

    expect(reply).toMatchObject({ type: 'failure', written: true })
    await expectLetGo(server, 1)
  })

  it.each(Object.entries(WAITS))(
    'ends at %s when its time is up, and lets go of the connection',
    async (_name, script) => {
      const { reply, server } = await exchange(script, { abortWhen: requested })

      expect(reply).toMatchObject({ type: 'failure', written: true, aborted: true })
      expect(classifyReply(reply, 'nightly-backup')).toMatchObject({ type: 'unknown', reason: 'timeout' })
      await expectLetGo(server, 1)
    },
  )

  it('ends when its time is up although the server takes nothing of the request', async () => {
    const { reply, server } = await exchange(faults.neverRead(), {
      body: `"${'x'.repeat(8_000_000)}"`,
      abortWhen: (unreading) => unreading.whenConnected(1),
    })

    expect(reply).toMatchObject({ type: 'failure', aborted: true })
    await expectLetGo(server, 0)
  })

  it('sends nothing when its time is up before it begins', async () => {
    const server = await start(faults.answer())

    const reply = await create().send(pingTo(server.origin), {
      signal: AbortSignal.abort(),
      onWritten: () => {},
    })

    expect(reply).toMatchObject({ ...unwritten, aborted: true })
    expect(server.connections).toHaveLength(0)
  })

  it('ends in a failure where nobody listens, as after the server has died', async () => {
    const server = await start(faults.answer())
    await server.close()

    const reply = await create().send(pingTo(server.origin), {
      signal: new AbortController().signal,
      onWritten: () => {},
    })

    expect(reply).toMatchObject({ ...unwritten, aborted: false })
    const outcome = classifyReply(reply, 'nightly-backup')
    expect(outcome).toMatchObject({ reason: 'refused', cause: { code: 'ECONNREFUSED' } })
  })

  it('sends nothing to a server whose certificate nobody vouches for', async () => {
    const { reply, server } = await exchange(faults.answer(), { certificate: CERTIFICATE })

    expect(reply).toMatchObject({ ...unwritten, aborted: false })
    expect(classifyReply(reply, 'nightly-backup')).toMatchObject({ reason: 'tls' })
    await expectLetGo(server, 0)
  })

  it('sends nothing in a secure connection that the server never agrees to', async () => {
    const { reply, server } = await exchange(faults.neverAnswer(), {
      scheme: 'https',
      abortWhen: (silent) => silent.whenConnected(1),
    })

    expect(reply).toMatchObject({ ...unwritten, aborted: true })
    await expectLetGo(server, 0)
  })

  it('sends nothing to a plain HTTP port in a secure connection', async () => {
    const { reply, server } = await exchange(faults.garbage('HTTP/1.1 400 Bad Request\r\n\r\n'), {
      scheme: 'https',
    })

    expect(reply).toMatchObject({ ...unwritten, aborted: false })
    expect(classifyReply(reply, 'nightly-backup')).toMatchObject({ reason: 'tls' })
    await expectLetGo(server, 0)
  })

  it('never shows the API key in what it hands back', async () => {
    const { reply } = await exchange(faults.garbage())

    expect(JSON.stringify(classifyReply(reply, 'nightly-backup'))).not.toContain('SENTINEL')
  })
}
