import { expect, it } from 'vitest'
import type { WatchedJob } from './bullmq-binding.ts'
import { carrierOf } from './carrier-of.ts'

const carrying = (metadata: unknown): WatchedJob =>
  ({ opts: { telemetry: { metadata } } }) as unknown as WatchedJob

it('reads the headers that bullmq-otel notes', () => {
  const headers = {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'a=1',
  }

  expect(carrierOf(carrying(JSON.stringify(headers)))).toEqual(headers)
})

it.each([undefined, 5, '', '{}', 'null', '[]', '"text"', '{"traceparent":5}', 'trace 7 of my own telemetry'])(
  'finds no context in %j',
  (metadata) => {
    expect(carrierOf(carrying(metadata))).toBeUndefined()
  },
)

it('finds no context in a job without telemetry', () => {
  expect(carrierOf({ opts: {} } as unknown as WatchedJob)).toBeUndefined()
})
