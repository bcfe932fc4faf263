import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { monitorHandler } from '../src/index.ts'
import { setUp, URL_OF_JOB } from './support/rig.ts'

/** What a platform was asked to wait for. */
function platform() {
  const kept: Promise<unknown>[] = []
  return {
    kept,
    context: {
      waitUntil: (promise: Promise<unknown>): void => void kept.push(promise),
      passThroughOnException: () => {},
      props: {},
    },
  }
}

const options = { secret: false } as const

it('hands the pings to the option waitUntil once for each run, and does not wait for them', async () => {
  const { monitor, server, kinds } = await setUp()
  server.faults.add({ type: 'latency', delay: '50ms', kind: 'start', times: 1 })
  const { kept, context } = platform()
  const GET = monitorHandler(monitor, async () => new Response('done'), { ...options, ...context })

  await GET()
  const atOnce = kinds()
  expect(kept).toHaveLength(1)
  await kept[0]

  expect([atOnce, kinds()]).toEqual(['', 'start,success'])
})

it('finds waitUntil in the arguments of Workers', async () => {
  const { monitor, kinds } = await setUp()
  const { kept, context } = platform()
  const worker = monitorHandler(
    monitor,
    async (_request: Request, _env: object, _context: object) => new Response('done'),
    options,
  )

  await worker(new Request(URL_OF_JOB), {}, context)
  await Promise.all(kept)

  expect([kept.length, kinds()]).toEqual([1, 'start,success'])
})

it('finds waitUntil on the context of Hono, and waits itself where the runtime has none', async () => {
  const { monitor, kinds } = await setUp()
  const { kept, context } = platform()
  const app = new Hono().get(
    '/job',
    monitorHandler(monitor, async (c) => c.text('done'), options),
  )

  await app.request('/job', {}, {}, context)
  await Promise.all(kept)
  expect([kept.length, kinds()]).toEqual([1, 'start,success'])
  await app.request('/job')

  expect([kept.length, kinds()]).toEqual([1, 'start,success,start,success'])
})

it('finds waitUntil on the platform of a SvelteKit event', async () => {
  const { monitor } = await setUp()
  const { kept, context } = platform()
  const GET = monitorHandler(monitor, async (_event: object) => new Response('done'), options)

  await GET({ request: new Request(URL_OF_JOB), platform: { ctx: context } })

  expect(kept).toHaveLength(1)
})

it.each(['@next/request-context', '@vercel/request-context'])('finds waitUntil in %s', async (name) => {
  const { monitor, kinds } = await setUp()
  const { kept, context } = platform()
  const symbol = Symbol.for(name)
  Reflect.set(globalThis, symbol, { get: () => context })

  await monitorHandler(monitor, async () => new Response('done'), options)()
  Reflect.deleteProperty(globalThis, symbol)
  await Promise.all(kept)

  expect([kept.length, kinds()]).toEqual([1, 'start,success'])
})

it('waits itself where waitUntil throws', async () => {
  const { monitor, kinds } = await setUp()
  const waitUntil = (): never => {
    throw new Error('outside of a request')
  }

  const GET = monitorHandler(monitor, async () => new Response('done'), { ...options, waitUntil })
  const answer = await GET()

  expect([answer.status, kinds()]).toEqual([200, 'start,success'])
})
