import { expect, it } from 'vitest'
import { Hono } from 'hono'
import { monitorHandler } from '../src/index.ts'
import { setEnv, setUp, URL_OF_JOB, warningsOf } from './support/rig.ts'

const bearer = (secret: string): Request =>
  new Request(URL_OF_JOB, { headers: { authorization: `Bearer ${secret}` } })
const handler = async (_request: Request): Promise<Response> => new Response('done')

it.each([
  ['no header', new Request(URL_OF_JOB)],
  ['another secret of the same length', bearer('0123456789abcdeF')],
  ['the start of the secret', bearer('0123456789')],
  ['the secret and more', bearer('0123456789abcdef0')],
  ['the secret twice', bearer('0123456789abcdef0123456789abcdef')],
  ['an empty secret', bearer('')],
  ['another scheme', new Request(URL_OF_JOB, { headers: { authorization: 'Basic 0123456789abcdef' } })],
])('answers %s with 401, and begins no run', async (_what, request) => {
  const { monitor, kinds } = await setUp()
  let calls = 0
  const GET = monitorHandler(monitor, async (_: Request) => new Response(`call ${++calls}`), {
    secret: '0123456789abcdef',
  })

  const answer = await GET(request)

  expect([answer.status, answer.headers.get('www-authenticate'), calls]).toEqual([401, 'Bearer', 0])
  expect(kinds()).toBe('')
})

it('lets in who sends the secret, or any of a list', async () => {
  const { monitor } = await setUp()
  const one = monitorHandler(monitor, handler, { secret: 'a-secret' })
  const rotated = monitorHandler(monitor, handler, { secret: ['new-secret', 'old-secret'] })
  const calls = [one(bearer('a-secret')), rotated(bearer('old-secret')), rotated(bearer('new-secret'))]

  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200])
})

it('takes CRON_SECRET of the environment at each call, unless the option says otherwise', async () => {
  const { monitor } = await setUp()
  const byDefault = monitorHandler(monitor, handler)
  const own = monitorHandler(monitor, handler, { secret: 'own-secret' })
  const open = monitorHandler(monitor, handler, { secret: false })
  setEnv({ CRON_SECRET: 'from-environment' })

  const statuses = await Promise.all(
    [byDefault, own, open].flatMap((GET) => [GET(bearer('from-environment')), GET(bearer('own-secret'))]),
  )

  expect(statuses.map(({ status }) => status)).toEqual([200, 401, 401, 200, 200, 200])
})

it('takes CRON_SECRET of the bindings that a platform hands over', async () => {
  const { monitor } = await setUp()
  setEnv({ CRON_SECRET: undefined })
  const worker = monitorHandler(monitor, async (_: Request, _env: object) => new Response('done'))
  const app = new Hono().get(
    '/job',
    monitorHandler(monitor, async (context) => context.text('done')),
  )
  const bindings = { CRON_SECRET: 'bound-secret' }

  expect((await worker(bearer('wrong'), bindings)).status).toBe(401)
  expect((await worker(bearer('bound-secret'), bindings)).status).toBe(200)
  expect((await app.request('/job', {}, bindings)).status).toBe(401)
  const headers = { authorization: 'Bearer bound-secret' }
  expect((await app.request('/job', { headers }, bindings)).status).toBe(200)
})

it('warns once in production that a route without a secret is open, and runs the job', async () => {
  const { monitor, kinds } = await setUp()
  setEnv({ CRON_SECRET: undefined, NODE_ENV: 'production' })
  const GET = monitorHandler(monitor, handler, { secret: undefined })

  const warnings = await warningsOf(async () => {
    await GET(new Request(URL_OF_JOB))
    await GET(new Request(URL_OF_JOB))
  })

  expect(warnings).toEqual([expect.stringMatching(/everyone can start the job. Set CRON_SECRET/)])
  expect(kinds()).toBe('start,success,start,success')
})

it.each([
  ['with secret: false', { secret: false as const }, 'production'],
  ['with a secret', { secret: 'a-secret' }, 'production'],
  ['outside of production', {}, 'development'],
])('does not warn %s', async (_when, options, NODE_ENV) => {
  const { monitor } = await setUp()
  setEnv({ CRON_SECRET: undefined, NODE_ENV })

  expect(await warningsOf(() => monitorHandler(monitor, handler, options)(bearer('a-secret')))).toEqual([])
})

it('asks no secret of a cron trigger, which only the platform can call', async () => {
  const { monitor, kinds } = await setUp()
  const scheduled = monitorHandler(monitor, async (_controller: object) => {}, { secret: 'a-secret' })

  await scheduled({ cron: '0 3 * * *', scheduledTime: 1_700_000_000_000 })

  expect(kinds()).toBe('start,success')
})

it('refuses a call without a request where there is a secret', async () => {
  const { monitor, kinds } = await setUp()
  const GET = monitorHandler(monitor, async () => new Response('done'), { secret: 'a-secret' })

  expect([(await GET()).status, kinds()]).toEqual([401, ''])
})

it.each([5, null, {}, ['a-secret', 5]])(
  'throws for the secret %j, without running anything',
  async (secret) => {
    const { monitor } = await setUp()

    expect(() => monitorHandler(monitor, handler, { secret: secret as never })).toThrow(
      /secret of monitorHandler must be a text, a list of texts or false/,
    )
  },
)

it.each(['schlüssel', 'key-\u0007-bell', 'two\nlines', '   ', ['a-secret', 'schlüssel']])(
  'throws for the secret %j, which no header can carry, without printing it',
  async (secret) => {
    const { monitor } = await setUp()
    const make = (): unknown => monitorHandler(monitor, handler, { secret })

    expect(make).toThrow('The secret of monitorHandler must be of printable ASCII characters, got others')
    expect(make).not.toThrow(/schl|bell|lines/)
  },
)

it('takes a secret with the line break of its file at the end', async () => {
  const { monitor } = await setUp()

  expect((await monitorHandler(monitor, handler, { secret: 'a-secret\n' })(bearer('a-secret'))).status).toBe(
    200,
  )
})

it('warns once of a CRON_SECRET that no header can carry, and lets nobody in', async () => {
  const { monitor, kinds } = await setUp()
  setEnv({ CRON_SECRET: 'schlüssel' })
  const GET = monitorHandler(monitor, handler)

  const warnings = await warningsOf(async () => {
    expect((await GET(new Request(URL_OF_JOB))).status).toBe(401)
    expect((await GET(bearer('a-secret'))).status).toBe(401)
  })

  expect(warnings).toEqual([
    expect.stringContaining('CRON_SECRET must be of printable ASCII characters, got others'),
  ])
  expect(kinds()).toBe('')
})
