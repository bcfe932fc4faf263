import { expect, it } from 'vitest'
import { readOptions, type Settings } from './read-options.ts'

const KEY = 'ck_live_SENTINEL0123456789'
const good = { apiKey: KEY, monitorId: 'nightly-backup' }

function settingsOf(options: unknown, env = {}): Settings {
  const read = readOptions(options, env)
  if (read.type !== 'ready') throw new Error(JSON.stringify(read))
  return read.settings
}

it('fills in the documented defaults', () => {
  expect(settingsOf(good)).toEqual({
    apiKey: KEY,
    monitorId: 'nightly-backup',
    origin: 'https://api.crontify.com',
    host: 'api.crontify.com',
    pathPrefix: '',
    isLoopback: false,
    ratePerMinute: undefined,
    timeoutMs: 10_000,
    startWaitMs: 500,
    endWaitMs: 5_000,
    attemptTimeoutMs: 3_000,
    wireHeaders: true,
    atExit: true,
    handleSignals: false,
    spoolDirectory: undefined,
    onEvent: undefined,
    redact: undefined,
    proxy: undefined,
    fetch: undefined,
  })
})

it.each<[string, unknown, string]>([
  ['nothing', undefined, 'ERR_OPTIONS'],
  ['null', null, 'ERR_OPTIONS'],
  ['a text', 'x', 'ERR_OPTIONS'],
  ['a list', [], 'ERR_OPTIONS'],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
      },
    ),
    'ERR_OPTIONS',
  ],
  ['no key', { monitorId: 'm' }, 'ERR_API_KEY_MISSING'],
  ['an empty key', { ...good, apiKey: '' }, 'ERR_API_KEY_MISSING'],
  ['a key of spaces', { ...good, apiKey: '   ' }, 'ERR_API_KEY_FORMAT'],
  ['the text undefined', { ...good, apiKey: 'undefined' }, 'ERR_API_KEY_FORMAT'],
  ['a number as key', { ...good, apiKey: 12345678 }, 'ERR_API_KEY_FORMAT'],
  ['a Buffer as key', { ...good, apiKey: Buffer.from(KEY) }, 'ERR_API_KEY_FORMAT'],
  ['a short key', { ...good, apiKey: 'short' }, 'ERR_API_KEY_FORMAT'],
  ['a long key', { ...good, apiKey: 'x'.repeat(257) }, 'ERR_API_KEY_FORMAT'],
  ['a key with a space', { ...good, apiKey: 'ck_live SENTINEL' }, 'ERR_API_KEY_FORMAT'],
  ['a key with a line end inside', { ...good, apiKey: 'ck_live_\r\nSENTINEL' }, 'ERR_API_KEY_FORMAT'],
  ['a key in quotes', { ...good, apiKey: `"${KEY}"` }, 'ERR_API_KEY_FORMAT'],
  ['a key with Bearer', { ...good, apiKey: `Bearer ${KEY}` }, 'ERR_API_KEY_FORMAT'],
  ['the placeholder of the documents', { ...good, apiKey: 'ck_live_...' }, 'ERR_API_KEY_FORMAT'],
  ['no monitor', { apiKey: KEY }, 'ERR_MONITOR_ID'],
  ['an empty monitor', { ...good, monitorId: '' }, 'ERR_MONITOR_ID'],
  ['..', { ...good, monitorId: '..' }, 'ERR_MONITOR_ID'],
  ['a path', { ...good, monitorId: 'a/b' }, 'ERR_MONITOR_ID'],
  ['an encoded path', { ...good, monitorId: '%2e%2e' }, 'ERR_MONITOR_ID'],
  ['a long id', { ...good, monitorId: 'm'.repeat(129) }, 'ERR_MONITOR_ID'],
  ['a number as id', { ...good, monitorId: 7 }, 'ERR_MONITOR_ID'],
  ['a URL as id', { ...good, monitorId: 'https://crontify.com/m/1' }, 'ERR_MONITOR_ID'],
  ['no scheme', { ...good, baseUrl: 'api.crontify.com' }, 'ERR_BASE_URL'],
  ['another scheme', { ...good, baseUrl: 'ftp://api.crontify.com' }, 'ERR_BASE_URL'],
  ['javascript:', { ...good, baseUrl: 'javascript:alert(1)' }, 'ERR_BASE_URL'],
  ['http to another machine', { ...good, baseUrl: 'http://api.crontify.com' }, 'ERR_BASE_URL'],
  ['what only begins like 127', { ...good, baseUrl: 'http://127.evil.test' }, 'ERR_BASE_URL'],
  ['what only begins like localhost', { ...good, baseUrl: 'http://localhost.evil.test' }, 'ERR_BASE_URL'],
  ['any address', { ...good, baseUrl: 'http://0.0.0.0' }, 'ERR_BASE_URL'],
  ['credentials', { ...good, baseUrl: 'https://user:hunter2@host' }, 'ERR_BASE_URL'],
  ['a query', { ...good, baseUrl: 'https://host?x=1' }, 'ERR_BASE_URL'],
  ['a fragment', { ...good, baseUrl: 'https://host#x' }, 'ERR_BASE_URL'],
  ['a ping path', { ...good, baseUrl: 'https://host/api/v1/ping' }, 'ERR_BASE_URL'],
  ['dots', { ...good, baseUrl: 'https://host/..' }, 'ERR_BASE_URL'],
  ['an object', { ...good, baseUrl: {} }, 'ERR_BASE_URL'],
  ['a text as timeout', { ...good, timeout: '5000' }, 'ERR_OPTION_TYPE'],
  ['null as timeout', { ...good, timeout: null }, 'ERR_OPTION_TYPE'],
  ['NaN as timeout', { ...good, timeout: Number.NaN }, 'ERR_OPTION_RANGE'],
  ['a timeout in seconds', { ...good, timeout: 10 }, 'ERR_OPTION_RANGE'],
  ['a timeout beyond Node timers', { ...good, timeout: 2 ** 31 }, 'ERR_OPTION_RANGE'],
  ['half a millisecond', { ...good, timeout: 1000.5 }, 'ERR_OPTION_RANGE'],
  ['a negative wait', { ...good, delivery: { startWaitMs: -1 } }, 'ERR_OPTION_RANGE'],
  ['a rate above the plan', { ...good, delivery: { ratePerMinute: 121 } }, 'ERR_OPTION_RANGE'],
  ['a rate of nothing', { ...good, delivery: { ratePerMinute: 0 } }, 'ERR_OPTION_RANGE'],
  ['delivery as a number', { ...good, delivery: 5 }, 'ERR_OPTION_TYPE'],
  ['silent as a text', { ...good, silent: 'false' }, 'ERR_OPTION_TYPE'],
  ['enabled as a number', { ...good, enabled: 0 }, 'ERR_OPTION_TYPE'],
  ['a logger that cannot warn', { ...good, logger: {} }, 'ERR_LOGGER'],
  ['a proxy of another kind', { ...good, proxy: 'ftp://proxy' }, 'ERR_PROXY'],
  ['redact as a text', { ...good, redact: 'x' }, 'ERR_REDACT'],
  ['onEvent as a text', { ...good, onEvent: 'x' }, 'ERR_OPTION_TYPE'],
  ['fetch as a text', { ...good, fetch: 'node-fetch' }, 'ERR_OPTION_TYPE'],
])('refuses %s, says what is accepted and what happens now, and shows no secret', (_name, options, code) => {
  const read = readOptions(options, {})

  expect(read).toMatchObject({ type: 'wrong', problem: { code } })
  const message = read.type === 'wrong' ? read.problem.message : ''
  expect(message).toMatch(/No pings are sent: jobs run, but nobody watches them$/)
  expect(message).not.toMatch(/SENTINEL|hunter2/)
})

it.each([
  ['https://host/', { origin: 'https://host', pathPrefix: '' }, 0],
  ['https://host/api/v1', { origin: 'https://host', pathPrefix: '' }, 1],
  ['https://host/api/v1//', { origin: 'https://host', pathPrefix: '' }, 1],
  ['https://host/crontify/', { origin: 'https://host', pathPrefix: '/crontify' }, 0],
  ['http://localhost:4747', { origin: 'http://localhost:4747', pathPrefix: '' }, 0],
  ['http://[::1]:4747', { origin: 'http://[::1]:4747', pathPrefix: '' }, 0],
  ['http://127.0.0.2', { origin: 'http://127.0.0.2', pathPrefix: '' }, 0],
])('reads the base URL %s', (baseUrl, expected, noteCount) => {
  expect(settingsOf({ ...good, baseUrl })).toMatchObject(expected)
  expect(settingsOf({ ...good, baseUrl: new URL(baseUrl) })).toMatchObject(expected)
  expect(readOptions({ ...good, baseUrl }, {}).notes).toHaveLength(noteCount)
})

it('sends unencrypted to another machine only where that is allowed by name', () => {
  expect(settingsOf({ ...good, baseUrl: 'http://crontify.internal', allowInsecureHttp: true }).host).toBe(
    'crontify.internal',
  )
})

it('removes line ends around the key, which secret files have, and says so', () => {
  const read = readOptions({ ...good, apiKey: `\ufeff ${KEY}\n` }, {})

  expect(read).toMatchObject({ settings: { apiKey: KEY }, notes: [expect.stringContaining('removed')] })
})

it('takes code before the environment before the default, and an empty variable for none', () => {
  const env = { CRONTIFY_API_KEY: 'ck_live_from_env', CRONTIFY_BASE_URL: 'https://from.env' }

  expect(settingsOf(good, env)).toMatchObject({ apiKey: KEY, origin: 'https://from.env' })
  expect(settingsOf({ ...good, baseUrl: 'https://from.code' }, env).origin).toBe('https://from.code')
  expect(settingsOf({ ...good, apiKey: undefined }, env).apiKey).toBe('ck_live_from_env')
  expect(settingsOf(good, { CRONTIFY_BASE_URL: ' ' }).origin).toBe('https://api.crontify.com')
})

it.each([
  ['apikey', 'apiKey'],
  ['monitorID', 'monitorId'],
  ['timeoutMs', 'timeout'],
  ['base_url', 'baseUrl'],
])('asks for "%s" whether "%s" was meant', (given, meant) => {
  expect(readOptions({ ...good, [given]: 'x' }, {}).notes[0]).toContain(`was "${meant}" meant?`)
})

it('is off where enabled is false or CRONTIFY_DISABLED is set, whatever else is wrong', () => {
  expect(readOptions({ enabled: false }, {}).type).toBe('off')
  expect(readOptions({}, { CRONTIFY_DISABLED: 'true' }).type).toBe('off')
  expect(readOptions(good, { CRONTIFY_DISABLED: '0' }).type).toBe('ready')
})

it('takes a proxy from the option before the environment, and ignores a wrong one in the environment', () => {
  const env = { HTTPS_PROXY: 'http://proxy.internal:3128' }

  expect(settingsOf(good, env).proxy).toMatchObject({ host: 'proxy.internal:3128' })
  expect(settingsOf({ ...good, proxy: 'http://other:8080' }, env).proxy).toMatchObject({ host: 'other:8080' })
  expect(settingsOf({ ...good, proxy: false }, env).proxy).toBeUndefined()
  expect(settingsOf(good, { ...env, NO_PROXY: '.crontify.com' }).proxy).toBeUndefined()
  expect(readOptions(good, { HTTPS_PROXY: '::' })).toMatchObject({
    type: 'ready',
    notes: [expect.stringContaining('It is ignored')],
  })
})

it.each(['logger', 'agent', 'transport', 'fetch', 'redact'])(
  'calls a %s that throws when it is looked at wrong, and does not throw itself',
  (name) => {
    const value: unknown = new Proxy(
      {},
      {
        get: () => {
          throw new Error('not today')
        },
      },
    )

    expect(readOptions({ ...good, [name]: value }, {}).type).toBe('wrong')
  },
)
