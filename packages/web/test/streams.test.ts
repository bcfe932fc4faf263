import { expect, it } from 'vitest'
import { monitorHandler } from '../src/index.ts'
import { gate, setUp, URL_OF_JOB } from './support/rig.ts'

const encoder = new TextEncoder()

/** A stream that gives a piece each time it is let go, and ends or breaks at the end. */
function slowStream(pieces: number, breaksWith?: Error) {
  const gates = Array.from({ length: pieces + 1 }, () => gate())
  let given = 0
  let canceledWith: unknown
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const index = given++
      await gates[index]?.opened
      if (index < pieces) controller.enqueue(encoder.encode(`piece ${index}\n`))
      else if (breaksWith === undefined) controller.close()
      else controller.error(breaksWith)
    },
    cancel: (reason) => {
      canceledWith = reason
    },
  })
  return { body, letGo: () => gates.forEach(({ open }) => open()), canceled: () => canceledWith }
}

const options = { secret: false } as const

it('ends the run of a streamed response when the stream ends, and sends the end before the reader sees it', async () => {
  const { monitor, kinds, end } = await setUp()
  const { body, letGo } = slowStream(2)
  const headers = { 'content-type': 'text/event-stream', 'x-of': 'handler' }
  const GET = monitorHandler(monitor, async () => new Response(body, { status: 201, headers }), options)

  const answer = await GET()
  await monitor.flush()
  const whileStreaming = kinds()
  letGo()
  const text = await answer.text()

  expect(whileStreaming).toBe('start')
  expect([answer.status, answer.headers.get('x-of'), text]).toEqual([201, 'handler', 'piece 0\npiece 1\n'])
  expect([kinds(), end()?.meta]).toEqual(['start,success', { duration_ms: expect.any(Number) as number }])
})

it('gives waitUntil a promise that lasts as long as the stream', async () => {
  const { monitor, kinds } = await setUp()
  const { body, letGo } = slowStream(1)
  const kept: Promise<unknown>[] = []
  const GET = monitorHandler(monitor, async () => new Response(body), {
    ...options,
    waitUntil: (promise) => void kept.push(promise),
  })

  const answer = await GET()
  letGo()
  await answer.text()
  expect(kept).toHaveLength(1)
  await kept[0]

  expect(kinds()).toBe('start,success')
})

it('fails with the error of a stream that breaks', async () => {
  const { monitor, kinds, end } = await setUp()
  const { body, letGo } = slowStream(1, new Error('disk is full'))
  const GET = monitorHandler(monitor, async () => new Response(body), options)

  const answer = await GET()
  letGo()
  await expect(answer.text()).rejects.toThrow('disk is full')

  expect([kinds(), end()?.errorMessage]).toEqual(['start,fail', 'disk is full'])
})

it('fails when the client cancels the stream, and the stream of the handler is canceled', async () => {
  const { monitor, kinds, end } = await setUp()
  const { body, letGo, canceled } = slowStream(5)
  const GET = monitorHandler(monitor, async () => new Response(body), options)

  const answer = await GET()
  await answer.body?.cancel('gone')
  await monitor.flush()
  letGo()

  // The copy that was looked at adds its own reason, which is none.
  expect(canceled()).toEqual(['gone', undefined])
  expect([kinds(), end()?.errorMessage]).toEqual([
    'start,fail',
    'the client canceled the response before its stream ended',
  ])
})

it('fails at once when an error status streams', async () => {
  const { monitor, kinds, end } = await setUp()
  const { body, letGo } = slowStream(1)
  const GET = monitorHandler(monitor, async () => new Response(body, { status: 500 }), options)

  const answer = await GET()

  expect([kinds(), end()?.errorMessage]).toEqual(['start,fail', 'responded with HTTP 500'])
  letGo()
  expect(await answer.text()).toBe('piece 0\n')
})

it.each<[string, () => ConstructorParameters<typeof Response>[0], string]>([
  ['a text', () => 'done', 'done'],
  ['bytes', () => encoder.encode('done'), 'done'],
  ['a blob', () => new Blob(['do', 'ne']), 'done'],
  ['parameters', () => new URLSearchParams({ a: 'b' }), 'a=b'],
  ['a megabyte', () => 'x'.repeat(1_000_000), 'x'.repeat(1_000_000)],
  ['a stream that has ended', () => new Blob(['done']).stream(), 'done'],
])('ends the run with the handler where the response is %s, read or not', async (_what, body, text) => {
  const { monitor, kinds } = await setUp()
  const response = new Response(body())
  const GET = monitorHandler(monitor, async () => response, options)

  const answer = await GET()

  expect(kinds()).toBe('start,success')
  expect(answer).toBe(response)
  expect(await answer.text()).toBe(text)
})

it('reads no more of an endless stream than it takes to see that it goes on', async () => {
  const { monitor } = await setUp()
  let pulls = 0
  const body = new ReadableStream({
    pull: (controller) => {
      pulls++
      controller.enqueue(encoder.encode('more '))
    },
  })
  const GET = monitorHandler(monitor, async () => new Response(body), options)

  const answer = await GET()
  const reader = answer.body?.getReader()
  await reader?.read()
  await reader?.cancel()

  expect(pulls).toBeLessThan(100)
})

it('ends the run of a HEAD request with the handler: nobody reads its body', async () => {
  const { monitor, kinds } = await setUp()
  const { body } = slowStream(1)
  const GET = monitorHandler(monitor, async (_: Request) => new Response(body), options)

  await GET(new Request(URL_OF_JOB, { method: 'HEAD' }))

  expect(kinds()).toBe('start,success')
})

it('leaves a response alone that was read already', async () => {
  const { monitor, kinds } = await setUp()
  const response = new Response('done')
  const GET = monitorHandler(
    monitor,
    async () => {
      await response.text()
      return response
    },
    options,
  )

  expect(await GET()).toBe(response)
  expect(kinds()).toBe('start,success')
})

it('reads no more than a megabyte ahead of the reader', async () => {
  const { monitor } = await setUp()
  let pulled = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pulled += 1
        if (pulled > 100) controller.close()
        else controller.enqueue(new Uint8Array(512 * 1_024))
      },
    },
    { highWaterMark: 0 },
  )
  const GET = monitorHandler(monitor, async () => new Response(body), options)

  const answer = await GET()
  expect(pulled).toBeLessThan(10)
  await answer.body?.cancel()
})
