import { afterEach, expect, it } from 'vitest'
import { createFetchTransport } from '../src/http/fetch-transport.ts'
import { systemClock } from '../src/system-clock.ts'
import { describeEveryTransport } from './support/every-transport.ts'
import { countingClock } from './support/counting-clock.ts'
import { createExchanges, pingTo } from './support/exchange.ts'
import * as faults from './support/faults.ts'
import { runChild } from './support/run-child.ts'

const create = () => createFetchTransport(fetch, systemClock)
const exchanges = createExchanges(create)
afterEach(exchanges.close)

describeEveryTransport(create, {
  ownsConnections: false,
  knowsWritten: false,
  reasonOfStatusZero: 'other',
})

it('ends when its time is up although the fetch ignores its signal', async () => {
  const abort = new AbortController()
  const transport = createFetchTransport(() => new Promise(() => {}), systemClock)

  const sent = transport.send(pingTo('http://127.0.0.1:9'), { signal: abort.signal, onWritten: () => {} })
  abort.abort()

  expect(await sent).toMatchObject({ type: 'failure', aborted: true })
})

it('ends in a failure when the fetch throws at once', async () => {
  const transport = createFetchTransport(() => {
    throw new TypeError('no fetch here')
  }, systemClock)

  const reply = await transport.send(pingTo('http://127.0.0.1:9'), {
    signal: new AbortController().signal,
    onWritten: () => {},
  })

  expect(reply).toMatchObject({ type: 'failure', aborted: false })
})

it('leaves no timer behind', async () => {
  const { clock, open } = countingClock()
  const server = await exchanges.start([faults.answer(), faults.stallAfterHeaders()])
  const transport = createFetchTransport(fetch, clock)

  for (let ping = 0; ping < 2; ping++) {
    await transport.send(pingTo(server.origin), { signal: new AbortController().signal, onWritten: () => {} })
    expect(open()).toBe(0)
  }
})

it('stops a body without end once it has 64 KiB of it', async () => {
  let pulledBytes = 0
  let isCancelled = false
  const body = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(10_000))
      pulledBytes += 10_000
    },
    cancel: () => {
      isCancelled = true
    },
  })
  const transport = createFetchTransport(() => Promise.resolve(new Response(body)), systemClock)

  await transport.send(pingTo('http://127.0.0.1:9'), {
    signal: new AbortController().signal,
    onWritten: () => {},
  })

  expect(isCancelled).toBe(true)
  // What was read, and what a stream holds ready.
  expect(pulledBytes).toBeLessThanOrEqual(90_000)
})

it('does not hold the process after silence', async () => {
  const server = await exchanges.start(faults.neverAnswer())

  const child = await runChild('send-one-ping.ts', [server.origin, 'fetch'], 8_000)

  expect(child).toMatchObject({ exitCode: 0, stderr: '' })
  expect(child.stdout).toContain('{"type":"failure","written":true}')
})
