import { error as kitError, json, redirect } from '@sveltejs/kit'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { createStaticHandler, data, redirect as remixRedirect } from 'react-router'
import { expect, it } from 'vitest'
import { monitorHandler } from '../src/index.ts'
import { setEnv, setUp, URL_OF_JOB } from './support/rig.ts'

const options = { secret: false } as const
/** How Next.js marks what it throws; a real build runs in test/e2e. */
const signal = (digest: string): Error => Object.assign(new Error('of Next.js'), { digest })

it.each([
  ['redirect()', 'NEXT_REDIRECT;replace;/done;307;'],
  ['notFound() of Next.js 15 and later', 'NEXT_HTTP_ERROR_FALLBACK;404'],
  ['notFound() of Next.js 13 and 14', 'NEXT_NOT_FOUND'],
  ['a handler that cannot be rendered ahead', 'DYNAMIC_SERVER_USAGE'],
])('rethrows %s of Next.js, which is no failure', async (_what, digest) => {
  const { monitor, kinds } = await setUp()
  const thrown = signal(digest)

  await expect(monitorHandler(monitor, () => Promise.reject(thrown), options)()).rejects.toBe(thrown)

  expect(kinds()).toBe('start,success')
})

it.each([
  ['forbidden()', 'NEXT_HTTP_ERROR_FALLBACK;403', 'responded with HTTP 403'],
  ['an error that Next.js has numbered', '2834719', 'of Next.js'],
])('fails with %s', async (_what, digest, message) => {
  const { monitor, end } = await setUp()

  await expect(monitorHandler(monitor, () => Promise.reject(signal(digest)), options)()).rejects.toThrow()

  expect(end()).toMatchObject({ kind: 'fail', errorMessage: message })
})

it.each([
  ['a client library', { status: 200, body: { message: 'quota' } }],
  ['a redirect that was not expected', { status: 302, location: '/login' }],
])('fails with an error of %s that has a status of its own', async (_what, fields) => {
  const { monitor, end } = await setUp()
  const error = Object.assign(new Error('upstream'), fields)

  await expect(monitorHandler(monitor, () => Promise.reject(error), options)()).rejects.toBe(error)

  expect(end()).toMatchObject({ kind: 'fail', errorMessage: 'upstream' })
})

it('begins no run while Next.js builds', async () => {
  const { monitor, kinds } = await setUp()
  setEnv({ NEXT_PHASE: 'phase-production-build' })

  const answer = await monitorHandler(monitor, async () => new Response('built'))()

  expect([await answer.text(), kinds()]).toEqual(['built', ''])
})

it.each([
  ['redirect(303)', () => redirect(303, '/done'), 'success', undefined],
  ['error(404)', () => kitError(404, 'no such report'), 'fail', 'responded with HTTP 404: no such report'],
  ['json()', () => json({ ok: true }), 'success', undefined],
])('judges %s of SvelteKit', async (_what, act, kind, errorMessage) => {
  const { monitor, end } = await setUp()
  const GET = monitorHandler(monitor, async (_event: { readonly request: Request }) => act(), options)

  await GET({ request: new Request(URL_OF_JOB) }).catch(() => {})

  expect(end()).toMatchObject({ kind, ...(errorMessage === undefined ? {} : { errorMessage }) })
})

it.each([
  ['a returned redirect', () => remixRedirect('/done'), 'success'],
  [
    'a thrown redirect',
    () => {
      throw remixRedirect('/done')
    },
    'success',
  ],
  [
    'a thrown response',
    () => {
      throw new Response('gone', { status: 410 })
    },
    'fail',
  ],
  ['data() with a status', () => data({ rows: 0 }, { status: 422 }), 'fail'],
  ['data() without', () => data({ rows: 0 }), 'success'],
])('judges %s of a loader of React Router', async (_what, act, kind) => {
  const { monitor, kinds } = await setUp()
  const loader = monitorHandler(monitor, async (_args: { readonly request: Request }) => act(), options)
  const router = createStaticHandler([{ id: 'job', path: '/job', loader }])

  await router.queryRoute(new Request(URL_OF_JOB), { routeId: 'job' }).catch(() => {})

  expect(kinds()).toBe(`start,${kind}`)
})

it('sees the answers of Hono, also those of its exceptions', async () => {
  const { monitor, kinds, end } = await setUp()
  const app = new Hono()
  app.get(
    '/down',
    monitorHandler(monitor, async (context) => context.text('db down', 500), options),
  )
  app.get(
    '/thrown',
    monitorHandler(
      monitor,
      async () => {
        throw new HTTPException(502, { message: 'no upstream' })
      },
      options,
    ),
  )

  const down = await app.request('/down')
  const first = end()?.errorMessage
  const thrown = await app.request('/thrown')

  expect([down.status, await down.text(), thrown.status]).toEqual([500, 'db down', 502])
  expect([first, end()?.errorMessage]).toEqual(['responded with HTTP 500: db down', 'no upstream'])
  expect(kinds()).toBe('start,fail,start,fail')
})

it('does not take the status of an error that is not a response for that of the handler', async () => {
  const { monitor, kinds } = await setUp()
  const axiosLike = Object.assign(new Error('the upstream moved'), { status: 302 })

  await expect(monitorHandler(monitor, () => Promise.reject(axiosLike), options)()).rejects.toBe(axiosLike)

  expect(kinds()).toBe('start,fail')
})
