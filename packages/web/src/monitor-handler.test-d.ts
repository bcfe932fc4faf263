import { CrontifyMonitor } from '@crontify/sdk'
import type { RequestHandler } from '@sveltejs/kit'
import { Hono, type Handler } from 'hono'
import type { LoaderFunction } from 'react-router'
import { expectTypeOf, test } from 'vitest'
import { monitorHandler } from './index.ts'

const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-report' })

test('a handler keeps its type', () => {
  const handler = async (request: Request, context: { readonly params: Promise<{ id: string }> }) =>
    Response.json({ url: request.url, ...(await context.params) })

  expectTypeOf(monitorHandler(monitor, handler)).toExtend<typeof handler>()
})

test('a handler of Hono that is written in place knows its context', () => {
  new Hono<{ Bindings: { DB: string } }>().get(
    '/cron/:id',
    monitorHandler(monitor, async (context) => {
      expectTypeOf(context).not.toBeAny()
      expectTypeOf(context.env.DB).toEqualTypeOf<string>()
      return context.text('done')
    }),
  )
})

test('a synchronous handler gives a promise', () => {
  const GET = monitorHandler(monitor, (_request: Request) => new Response('done'))
  expectTypeOf(GET(new Request('http://localhost'))).toEqualTypeOf<Promise<Response>>()
})

test('the meta function gets what the handler resolves with', () => {
  monitorHandler(monitor, async () => ({ count: 1 }), { meta: ({ count }) => ({ rows: count }) })
  // @ts-expect-error metadata are numbers, not texts
  monitorHandler(monitor, async () => 'done', { meta: (text) => ({ rows: text }) })
})

test('a secret is a text', () => {
  // @ts-expect-error numbers are guessed
  monitorHandler(monitor, async () => new Response(), { secret: 5 })
})

test('a handler in its place gets the types of the variable', () => {
  const kit: RequestHandler = monitorHandler(monitor, async ({ request }) => {
    expectTypeOf(request).toEqualTypeOf<Request>()
    return new Response(request.url)
  })
  const loader: LoaderFunction = monitorHandler(monitor, async ({ request }) => {
    expectTypeOf(request).toEqualTypeOf<Request>()
    return { rows: 1 }
  })
  const fetchHandler: { fetch(request: Request): Promise<Response> } = {
    fetch: monitorHandler(monitor, async (request) => {
      expectTypeOf(request).toEqualTypeOf<Request>()
      return new Response(request.url)
    }),
  }
  const own: (request: Request) => Promise<Response> = monitorHandler(
    monitor,
    async (request) => new Response(request.url),
  )
  const hono: Handler = monitorHandler(monitor, async (context) => context.text('done'))
  expectTypeOf([kit, loader, fetchHandler, own, hono]).toBeArray()
})
