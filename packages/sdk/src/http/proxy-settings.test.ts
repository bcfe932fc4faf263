import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { chooseProxy } from './proxy-settings.ts'

const API = 'https://api.crontify.com'
const VIA_ENV = { HTTPS_PROXY: 'http://proxy.test:3128', HTTP_PROXY: 'http://plain.test:8080' }

/** `host:port (where it was named)`, `direct`, or what is wrong. */
function choice(origin: string, option: unknown, env: Readonly<Record<string, string>>): string {
  const chosen = chooseProxy(origin, option, env)
  if (chosen.type === 'direct') return 'direct'
  return chosen.type === 'proxy' ? `${chosen.proxy.host} (${chosen.from})` : chosen.problem
}

it.each<[string, unknown, Readonly<Record<string, string>>, string]>([
  [API, undefined, {}, 'direct'],
  [API, undefined, { HTTPS_PROXY: '  ' }, 'direct'],
  [API, undefined, VIA_ENV, 'proxy.test:3128 (HTTPS_PROXY)'],
  [API, undefined, { ...VIA_ENV, https_proxy: 'lower.test' }, 'lower.test:80 (https_proxy)'],
  [API, undefined, { HTTP_PROXY: 'http://plain.test' }, 'direct'],
  [API, undefined, { ALL_PROXY: 'http://all.test' }, 'all.test:80 (ALL_PROXY)'],
  [API, undefined, { all_proxy: 'https://all.test' }, 'all.test:443 (all_proxy)'],
  ['http://plain-api.test', undefined, VIA_ENV, 'plain.test:8080 (HTTP_PROXY)'],
  ['http://plain-api.test', undefined, { ...VIA_ENV, REQUEST_METHOD: 'GET' }, 'direct'],
  [
    'http://plain-api.test',
    undefined,
    { http_proxy: 'lower.test', REQUEST_METHOD: 'GET' },
    'lower.test:80 (http_proxy)',
  ],
  [API, false, VIA_ENV, 'direct'],
  [API, 'http://mine.test:1', VIA_ENV, 'mine.test:1 (the option proxy)'],
  [API, new URL('https://[::1]:8443'), {}, '[::1]:8443 (the option proxy)'],
  [API, 'http://mine.test', { NO_PROXY: '*' }, 'mine.test:80 (the option proxy)'],
])('goes from %s with the option %s and %j: %s', (origin, option, env, expected) => {
  expect(choice(origin, option, env)).toBe(expected)
})

it.each(['http://localhost:4747', 'http://127.0.0.1:4747', 'http://127.8.9.1', 'https://[::1]:4747'])(
  'reaches this very machine directly, unless told in code: %s',
  (origin) => {
    expect(choice(origin, undefined, { ...VIA_ENV, ALL_PROXY: 'all.test' })).toBe('direct')
    expect(choice(origin, 'mine.test', {})).toBe('mine.test:80 (the option proxy)')
  },
)

it.each<[string, string, boolean]>([
  ['*', API, true],
  ['api.crontify.com', API, true],
  ['API.Crontify.COM', API, true],
  ['api.crontify.com.', API, true],
  ['crontify.com', API, true],
  ['.crontify.com', API, true],
  ['*.crontify.com', API, true],
  ['crontify.com:443', API, true],
  ['crontify.com:8443', API, false],
  ['crontify.com:8443', 'https://api.crontify.com:8443', true],
  ['tify.com', API, false],
  ['api', API, false],
  ['api.crontify.com.evil.test', API, false],
  ['.', API, false],
  ['a.test, ,b.test crontify.com', API, true],
  ['10.0.0.7', 'https://10.0.0.7', true],
  ['10.0.0.7', 'https://110.0.0.7', false],
  ['fd00::7', 'https://[fd00::7]', true],
  ['[fd00::7]:443', 'https://[fd00::7]', true],
  ['[fd00::7]:444', 'https://[fd00::7]', false],
])('with the exceptions "%s", goes to %s directly: %s', (exceptions, origin, isDirect) => {
  const env = { HTTPS_PROXY: 'proxy.test', NO_PROXY: exceptions }

  expect(choice(origin, undefined, env)).toBe(isDirect ? 'direct' : 'proxy.test:80 (HTTPS_PROXY)')
})

it('prefers the exceptions in lower case', () => {
  const env = { HTTPS_PROXY: 'proxy.test', NO_PROXY: '*', no_proxy: 'other.test' }

  expect(choice(API, undefined, env)).toBe('proxy.test:80 (HTTPS_PROXY)')
})

it('says that ranges of addresses are not understood', () => {
  const chosen = chooseProxy('https://10.0.0.7', undefined, {
    HTTPS_PROXY: 'proxy.test',
    NO_PROXY: '10.0.0.0/8',
  })

  expect(chosen).toMatchObject({ type: 'proxy', notes: [expect.stringContaining('10.0.0.0/8')] })
})

it.each<[unknown, string]>([
  ['http://', 'is not a URL'],
  ['http://user:hunter2@', 'is not a URL'],
  ['user:hunter2@proxy.test:port', 'is not a URL'],
  ['socks5://user:hunter2@proxy.test', 'only HTTP proxies'],
  ['http://user:hunter2@proxy.test/path', 'more than host and port'],
  ['http://user:hunter2@proxy.test?x=hunter2', 'more than host and port'],
  ['http://user:hunter2%@proxy.test', 'stray "%"'],
  [true, 'neither a text nor a URL'],
  [{ host: 'hunter2' }, 'neither a text nor a URL'],
])('says what is wrong with %j, and shows no password', (option, problem) => {
  const text = choice(API, option, {})

  expect(text).toContain(problem)
  expect(text).not.toContain('hunter2')
})

it('names the variable that is wrong', () => {
  expect(choice(API, undefined, { HTTPS_PROXY: 'ftp://proxy.test' })).toContain('HTTPS_PROXY has the scheme')
})

it('has the password ready for the proxy, and not for whoever prints it', () => {
  const chosen = chooseProxy(API, 'http://us%40er:hunter%3A2@proxy.test', {})
  if (chosen.type !== 'proxy') throw new Error(chosen.type)

  expect(chosen.proxy.authorization()).toBe(`Basic ${Buffer.from('us@er:hunter:2').toString('base64')}`)
  expect(inspect(chosen, { depth: 9, showHidden: true }) + JSON.stringify(chosen)).not.toContain('hunter')
  const bare = chooseProxy(API, 'http://proxy.test', {})
  expect(bare.type === 'proxy' && bare.proxy.authorization()).toBeUndefined()
})
