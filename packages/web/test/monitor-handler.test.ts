import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { expect, it } from 'vitest'
import { monitorHandler } from '../src/index.ts'
import { gate, ID, setUp, URL_OF_JOB, warningsOf } from './support/rig.ts'

const call = (): Request => new Request(URL_OF_JOB)

it('sends both pings before its promise resolves, and gives the very response of the handler', async () => {
  const { monitor, kinds } = await setUp()
  const response = Response.json({ rows: 3 })
  const GET = monitorHandler(monitor, async (_request: Request) => response, { secret: false })

  const answer = await GET(call())

  expect(kinds()).toBe('start,success')
  expect(answer).toBe(response)
  expect(await answer.json()).toEqual({ rows: 3 })
})

it('awaits a handler that is not asynchronous, and pings before the response is handed on', async () => {
  const { monitor, kinds } = await setUp()
  const GET = monitorHandler(monitor, () => new Response(null, { status: 204 }), { secret: false })

  const answer = await GET()

  expect([answer.status, kinds()]).toEqual([204, 'start,success'])
})

it('keeps the arguments, this, length, name and Reflect metadata of the handler', async () => {
  const { monitor } = await setUp()
  const handler = async function nightly(this: unknown, request: Request, context: object): Promise<unknown> {
    return [this, request, context]
  }
  const watched = monitorHandler(monitor, handler, { secret: false })
  const [self, request, context] = [{}, call(), { params: {} }]

  expect([watched.name, watched.length]).toEqual(['nightly', 2])
  expect(await Reflect.apply(watched, self, [request, context])).toEqual([self, request, context])
})

it.each([
  [399, 'start,success', undefined],
  [400, 'start,fail', 'responded with HTTP 400: no such table'],
  [503, 'start,fail', 'responded with HTTP 503: no such table'],
])('takes a status of %i for %s, and leaves its body to the caller', async (status, expected, message) => {
  const { monitor, kinds, end } = await setUp()
  const body = 'no such table'
  const GET = monitorHandler(monitor, async () => new Response(body, { status }), { secret: false })

  const answer = await GET()

  expect([answer.status, await answer.text()]).toEqual([status, body])
  expect([kinds(), end()?.errorMessage]).toEqual([expected, message])
})

it.each([
  ['json', Response.json({ error: 'disk is full' }, { status: 500 }), 'HTTP 500: {"error":"disk is full"}'],
  ['bytes', new Response(new Uint8Array([1, 2, 3]), { status: 500 }), 'responded with HTTP 500'],
  ['nothing', new Response(null, { status: 500 }), 'responded with HTTP 500'],
  [
    'problem details',
    new Response('{"title":"full"}', {
      status: 507,
      headers: { 'content-type': 'application/problem+json' },
    }),
    'HTTP 507: {"title":"full"}',
  ],
])('says in the failure what an error response of %s says', async (_kind, response, message) => {
  const { monitor, end } = await setUp()

  await monitorHandler(monitor, async () => response, { secret: false })()

  expect(end()?.errorMessage?.endsWith(message)).toBe(true)
})

it('redacts the text of an error response before it is cut', async () => {
  const { monitor, end } = await setUp()
  const text = `${'x'.repeat(480)} password=hunter2-hunter2-hunter2`
  const GET = monitorHandler(monitor, async () => new Response(text, { status: 500 }), { secret: false })

  await GET()

  expect(end()?.errorMessage).not.toContain('hunter2')
})

it('rethrows the very error of the handler, and sends its stack', async () => {
  const { monitor, kinds, end } = await setUp()
  const error = new TypeError('disk is full')
  const GET = monitorHandler(monitor, () => Promise.reject(error), { secret: false })

  await expect(GET()).rejects.toBe(error)

  expect([kinds(), end()?.errorMessage]).toEqual(['start,fail', 'disk is full'])
  expect(end()?.logOutput).toContain('monitor-handler.test')
})

it('lets the user judge a status, and judges itself when the user throws', async () => {
  const { monitor, kinds } = await setUp()
  let calls = 0
  const failOn = (status: number): boolean => {
    if (calls++ > 0) throw new Error('cannot tell')
    return status === 204
  }
  const GET = monitorHandler(monitor, async () => new Response(null, { status: 204 }), {
    failOn,
    secret: false,
  })

  await GET()
  await GET()

  expect(kinds()).toBe('start,fail,start,success')
})

it('takes metadata from a returned object, the run and the option meta, and not from a response', async () => {
  const { monitor, server } = await setUp()
  const metaOfLast = (): object => {
    const { duration_ms: _, ...meta } = server.pings().at(-1)?.meta ?? {}
    return meta
  }

  await monitorHandler(monitor, async () => ({ rows: 3, name: 'x' }), { secret: false })()
  const ofObject = metaOfLast()
  await monitorHandler(monitor, async () => Response.json({ rows: 3 }), { secret: false })()
  const ofResponse = metaOfLast()
  await monitorHandler(
    monitor,
    async () => {
      currentRun()?.meta({ pages: 7 })
      return new Response('done')
    },
    { meta: ({ status }) => ({ status }), secret: false },
  )()

  expect([ofObject, ofResponse, metaOfLast()]).toEqual([{ rows: 3 }, {}, { pages: 7, status: 200 }])
})

it('waits for a service that is away no longer than endWaitMs, and answers all the same', async () => {
  const { monitor, server } = await setUp({ delivery: { endWaitMs: 20 } })
  server.faults.add({ type: 'silence' })
  const GET = monitorHandler(monitor, async () => new Response('done'), { secret: false })

  const answer = await GET()

  expect([await answer.text(), monitor.stats().delivered]).toEqual(['done', 0])
})

it('reports two calls at once as an overlap', async () => {
  const { monitor, kinds, server } = await setUp()
  const works = [gate(), gate()]
  let calls = 0
  const GET = monitorHandler(
    monitor,
    async () => {
      await works[calls++]?.opened
      return new Response('done')
    },
    { secret: false },
  )

  const older = GET()
  const newer = GET()
  works[0]?.open()
  works[1]?.open()
  await Promise.all([older, newer])

  expect(kinds()).toBe('start,start,success')
  expect(server.runs(ID).map(({ status }) => status)).toEqual(['overlapped', 'success'])
})

it('joins a run of the same monitor around it', async () => {
  const { monitor, kinds } = await setUp()
  const inner = monitorHandler(monitor, async () => new Response('done'), { secret: false })
  const outer = monitorHandler(monitor, async () => inner(), { secret: false })

  expect(await (await outer()).text()).toBe('done')

  expect(kinds()).toBe('start,success')
})

it('runs the job without pings where the monitor is none, with one warning', async () => {
  const warnings = await warningsOf(async () => {
    const GET = monitorHandler({} as never, async () => new Response('done'), { secret: false })
    expect(await (await GET()).text()).toBe('done')
  })

  expect(warnings).toEqual([expect.stringContaining('takes a monitor first, got an object')])
})

it('runs the job without pings where the client is switched off', async () => {
  const monitor = new CrontifyMonitor({ apiKey: '', monitorId: ID, logger: false })
  const GET = monitorHandler(monitor, async () => new Response('done'), { secret: false })

  expect(await (await GET()).text()).toBe('done')
})
