import { expect, it } from 'vitest'
import { MAX_BODY_BYTES, readBody } from './read-body.ts'

function streamed(parts: readonly Uint8Array[], onCancel: () => void = () => {}): Request {
  const queue = [...parts]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = queue.shift()
      if (part === undefined) controller.close()
      else controller.enqueue(part)
    },
    cancel: onCancel,
  })
  return new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' } as RequestInit)
}

it('reads no body as an empty one', async () => {
  expect(await readBody(new Request('http://127.0.0.1/', { method: 'POST' }))).toBe('')
})

it('puts a character together that came in two parts', async () => {
  const bytes = new TextEncoder().encode('{"a":"ü"}')

  expect(await readBody(streamed([bytes.slice(0, 7), bytes.slice(7)]))).toBe('{"a":"ü"}')
})

it('gives up a body as soon as it is too large, and lets its sender know', async () => {
  let cancelled = false
  const request = streamed([new Uint8Array(MAX_BODY_BYTES), new Uint8Array(1), new Uint8Array(1)], () => {
    cancelled = true
  })

  expect(await readBody(request)).toBeUndefined()
  expect(cancelled).toBe(true)
})
