import express from 'express'
import { expect, it } from 'vitest'
import { monitorRoute, requireSecret } from '../src/index.ts'
import { setUp, until } from './support/rig.ts'

const SECRET = 'a-secret-of-enough-characters'

async function guarded(secret: string | readonly string[]) {
  const rig = await setUp()
  const app = express()
  const job = monitorRoute(rig.monitor, (_req: unknown, res: express.Response) => void res.send('done'))
  app.post('/job', requireSecret(secret), job)
  const { url } = await rig.serve(app)
  const call = (authorization?: string): Promise<Response> =>
    fetch(`${url}/job`, { method: 'POST', headers: authorization === undefined ? {} : { authorization } })
  return { ...rig, call }
}

it('lets in who has the secret', async () => {
  const { call, seen } = await guarded(SECRET)

  expect(await (await call(`Bearer ${SECRET}`)).text()).toBe('done')
  expect((await call(`bearer  ${SECRET}`)).status).toBe(200)

  await until(async () => (await seen()).join() === 'success,success')
})

it.each([
  ['no header', undefined],
  ['an empty header', ''],
  ['another scheme', `Basic ${SECRET}`],
  ['the bare secret', SECRET],
  ['a prefix', `Bearer ${SECRET.slice(0, -1)}`],
  ['more', `Bearer ${SECRET}x`],
  ['no secret', 'Bearer '],
  ['a long one', `Bearer ${'x'.repeat(8_000)}`],
  ['other letters', `Bearer ${SECRET.toUpperCase()}`],
])('keeps out who sends %s, and no run is opened', async (_name, authorization) => {
  const { call, server, seen } = await guarded(SECRET)

  const answer = await call(authorization)

  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  expect(await answer.text()).toBe('unauthorized')
  expect(await seen()).toEqual([])
  expect(server.pings()).toEqual([])
})

it('takes a secret that was read with the line break at its end', async () => {
  const { call } = await guarded(`${SECRET}\n`)

  expect((await call(`Bearer ${SECRET}`)).status).toBe(200)
})

it('takes any of several secrets, so that one can be changed without a gap', async () => {
  const { call } = await guarded([SECRET, 'the-next-secret-of-all'])

  expect((await call(`Bearer ${SECRET}`)).status).toBe(200)
  expect((await call('Bearer the-next-secret-of-all')).status).toBe(200)
  expect((await call('Bearer a-third-secret-of-all')).status).toBe(401)
})

it.each([
  ['a variable that is not set', undefined, 'got undefined. Is the environment variable set?'],
  ['an empty text', '', 'got one of 0'],
  ['a short one', 'hunter2', 'got one of 7'],
  ['a short one among others', [SECRET, 'hunter2'], 'got one of 7'],
  ['a short one with a line break', 'hunter2\n\n\n\n\n\n\n\n\n\n', 'got one of 7'],
  ['one with an umlaut', 'schlüssel-von-hunter2', 'printable ASCII characters, got other characters'],
  ['one of two lines', 'hunter2-and-a\nsecond-line', 'printable ASCII characters, got other characters'],
  ['an empty list', [], 'got an empty list'],
])('refuses %s at once, without printing it', (_name, secret, problem) => {
  expect(() => requireSecret(secret)).toThrow(problem)
  expect(() => requireSecret(secret)).not.toThrow('hunter2')
})
