import { expect, it } from 'vitest'
import { turnedAway } from './request-guard.ts'

const from = (...rawHeaders: string[]): ReturnType<typeof turnedAway> =>
  turnedAway({ target: '/api', rawHeaders }, 4747)
const to = (target: string): ReturnType<typeof turnedAway> =>
  turnedAway({ target, rawHeaders: ['Host', '127.0.0.1:4747'] }, 4747)

it.each(['127.0.0.1:4747', 'localhost:4747', '[::1]:4747'])('lets in "Host: %s"', (host) => {
  expect(from('Accept', '*/*', 'Host', host)).toBeUndefined()
  expect(from('host', host)).toBeUndefined()
})

it.each([
  'evil.test',
  'evil.test:4747',
  '127.0.0.1',
  '127.0.0.1:4748',
  'localhost:47470',
  'localhost.evil.test:4747',
  '127.0.0.1:4747.evil.test',
  '0.0.0.0:4747',
  '127.1:4747',
  'user@127.0.0.1:4747',
  '::1:4747',
  '',
])('turns away "Host: %s"', (host) => {
  expect(from('Host', host)).toMatchObject({ statusCode: 403 })
})

it('turns away a request without a Host header, or with two', () => {
  expect(from('Accept', '127.0.0.1:4747')).toMatchObject({ statusCode: 403 })
  expect(from('Host', '127.0.0.1:4747', 'Host', '127.0.0.1:4747')).toMatchObject({ statusCode: 403 })
})

it('takes a name without a port where the port is the one that HTTP leaves out', () => {
  expect(turnedAway({ target: '/', rawHeaders: ['Host', 'localhost'] }, 80)).toBeUndefined()
})

it.each(['/', '/api/v1/ping/job/start', '/api?next=/x', '/a/..%2fb', '/a/...b', '/.well-known'])(
  'lets "%s" go on to the routes',
  (target) => {
    expect(to(target)).toBeUndefined()
  },
)

it.each(['http://evil.test/api', '//api', '*', '', '/a/../b', '/a/./b', '/a/..', '/..?x'])(
  'finds nothing at "%s"',
  (target) => {
    expect(to(target)).toMatchObject({ statusCode: 404 })
  },
)

it('looks at the Host header before the path', () => {
  expect(turnedAway({ target: '//api', rawHeaders: [] }, 4747)).toMatchObject({ statusCode: 403 })
})

it('lets in a further name with the own port, or with the port that it names', () => {
  const allowed = (host: string): ReturnType<typeof turnedAway> =>
    turnedAway({ target: '/', rawHeaders: ['Host', host] }, 4747, [
      'crontify',
      'ci.internal:8080',
      '[fd00::7]',
    ])

  for (const host of ['crontify:4747', 'CRONTIFY:4747', 'ci.internal:8080', '[fd00::7]:4747']) {
    expect(allowed(host)).toBeUndefined()
  }
  for (const host of ['crontify', 'crontify:8080', 'ci.internal:4747', 'ci.internal', 'evil.crontify:4747']) {
    expect(allowed(host)).toMatchObject({ statusCode: 403 })
  }
})
