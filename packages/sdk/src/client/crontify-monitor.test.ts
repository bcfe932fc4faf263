import { inspect } from 'node:util'
import { expect, it, vi } from 'vitest'
import { letTimePass, ok, respond, scripted, TEST_KEY, type Answer } from '../../test/support/scripted.ts'
import type { ExitWatch } from '../process-exit/exit-watch.ts'
import { CrontifyMonitor } from './crontify-monitor.ts'
import {
  CrontifyApiError,
  CrontifyError,
  CrontifyNetworkError,
  CrontifyTimeoutError,
  isCrontifyError,
} from '../errors.ts'
import type { MonitorOptions } from '../options/options.ts'

function monitorIn(
  world: ReturnType<typeof scripted>,
  options: Partial<MonitorOptions> = {},
): CrontifyMonitor {
  return new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'nightly-backup', ...options },
    world.surroundings,
  )
}

// [D PINGHTTP]
it('posts each ping to its path with the key in the X-API-Key header', async () => {
  const world = scripted()
  const monitor = monitorIn(world)

  await monitor.start()
  await monitor.success()
  await monitor.fail()

  expect(world.requests.map(({ method, origin, path }) => `${method} ${origin}${path}`)).toEqual([
    'POST https://api.crontify.com/api/v1/ping/nightly-backup/start',
    'POST https://api.crontify.com/api/v1/ping/nightly-backup/success',
    'POST https://api.crontify.com/api/v1/ping/nightly-backup/fail',
  ])
  expect(world.requests.every(({ headers }) => headers['X-API-Key'] === TEST_KEY)).toBe(true)
})

it('resolves with the receipt', async () => {
  const receipt = await monitorIn(scripted()).start()

  expect(receipt).toEqual({
    received: true,
    monitorId: 'nightly-backup',
    runId: 'run-1',
    status: 'running',
    timestamp: '2026-01-05T02:00:00.000Z',
  })
})

it('sends no body and no content type where there is nothing to say', async () => {
  const world = scripted()

  await monitorIn(world).success({ meta: {} })

  expect(world.requests[0]?.body).toBeUndefined()
  expect(Object.keys(world.requests[0]?.headers ?? {})).not.toContain('content-type')
})

// [D PINGHTTP, LOG]
it('sends message and log under their wire names, cut to 500 and 10,000 characters', async () => {
  const world = scripted()

  await monitorIn(world).fail({ message: 'm'.repeat(600), log: 'l'.repeat(20_000), meta: { exit_code: 2 } })

  const body = JSON.parse(world.requests[0]?.body ?? '') as Record<string, string>
  expect(Object.keys(body)).toEqual(['errorMessage', 'meta', 'logOutput'])
  expect(body['errorMessage']).toHaveLength(500)
  expect(body['logOutput']?.length).toBeLessThanOrEqual(10_000)
  expect(body['logOutput']).toContain('characters left out')
})

it('takes an error or a text for the options of fail', async () => {
  const world = scripted()
  const monitor = monitorIn(world)

  await monitor.fail(new Error('disk is full'))
  await monitor.fail('disk is full')

  expect(world.sent[0]).toContain('"errorMessage":"disk is full","logOutput":"Error: disk is full')
  expect(world.sent[1]).toBe('fail {"errorMessage":"disk is full"}')
})

it('leaves out metadata that is not a finite number, never turning it into one', async () => {
  const world = scripted()
  const meta = { ok: 1, nan: Number.NaN, infinite: Infinity, text: '5', nothing: null, big: 5n, zero: 0 }

  await monitorIn(world).success({ meta: meta as never })

  expect(world.sent).toEqual(['success {"meta":{"ok":1,"zero":0}}'])
  expect(world.warnings).toEqual([expect.stringContaining('nan, infinite, text, nothing, big')])
})

it.each([
  ['null', null],
  ['a text', 'x'],
  ['a number', 3],
  ['a list', [1]],
  ['meta as a list', { meta: [1] }],
  ['meta as a text', { meta: 'x' }],
  ['an unknown name', { metadata: { rows: 1 } }],
])('sends the success ping whatever its options are: %s', async (_name, options) => {
  const world = scripted()

  await monitorIn(world).success(options as never)

  expect(world.sent).toEqual(['success'])
  expect(world.warnings).toHaveLength(1)
})

it('asks whether "meta" was meant by "metadata"', async () => {
  const world = scripted()

  await monitorIn(world).success({ metadata: { rows: 1 } } as never)

  expect(world.warnings[0]).toContain('was "meta" meant?')
})

// [D ERR]
it('warns and resolves with null when a ping fails in silent mode', async () => {
  const world = scripted([respond(401, '{"message":"key revoked"}')])

  expect(await monitorIn(world).start()).toBeNull()

  expect(world.warnings).toEqual([
    expect.stringMatching(/^\[crontify\] Crontify refused the start ping .*HTTP 401 "key revoked"/),
  ])
})

it('says the same thing once a minute, and then how often', async () => {
  const world = scripted(Array.from({ length: 6 }, () => respond(401)))
  const monitor = monitorIn(world)

  for (let ping = 0; ping < 5; ping++) await monitor.start()
  expect(world.warnings).toHaveLength(1)
  await world.clock.advance(60_000)
  await monitor.start()

  expect(world.warnings).toHaveLength(2)
  expect(world.warnings[1]).toContain('(and 4 more like this since the last warning)')
})

it.each<[string, Answer, new (...args: never[]) => Error, object]>([
  ['a refusal', respond(404), CrontifyApiError, { statusCode: 404, code: 'ERR_API_REFUSED' }],
  ['a server error', respond(503), CrontifyApiError, { statusCode: 503 }],
  ['a rate limit', respond(429), CrontifyApiError, { statusCode: 429 }],
  [
    'a redirect',
    respond(302, '', { location: 'https://evil.example/x?y' }),
    CrontifyApiError,
    { statusCode: 302 },
  ],
  [
    'a login page',
    respond(200, '<html>', { 'content-type': 'text/html' }),
    CrontifyApiError,
    { statusCode: 200 },
  ],
  ['silence', 'hangs', CrontifyTimeoutError, { code: 'ERR_TIMED_OUT' }],
  ['no connection', 'hangs unwritten', CrontifyTimeoutError, { code: 'ERR_TIMED_OUT' }],
  [
    'an unknown host',
    {
      type: 'failure',
      written: false,
      aborted: false,
      error: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
    },
    CrontifyNetworkError,
    { code: 'ERR_UNREACHABLE', cause: { code: 'ENOTFOUND', message: 'x' } },
  ],
])('throws the documented error with silent: false: %s', async (_name, answer, errorClass, fields) => {
  const world = scripted([answer, answer])

  const ping = monitorIn(world, { silent: false }).start()
  const error = await letTimePass(world, ping).catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(errorClass)
  expect(error).toBeInstanceOf(CrontifyError)
  expect(isCrontifyError(error)).toBe(true)
  expect(error).toMatchObject(fields)
})

it('sends the pings of one monitor one after another, in the order of the calls', async () => {
  const world = scripted(['hangs'])
  const monitor = monitorIn(world, { timeout: 1_000 })

  void monitor.start()
  const last = monitor.success()
  await world.clock.advance(999)
  expect(world.sent).toEqual(['start'])
  await world.clock.advance(1)
  await last

  expect(world.sent).toEqual(['start', 'success {"meta":{"duration_ms":0}}'])
})

it('stops waiting after the documented waits, and lets the ping go on', async () => {
  const world = scripted(['hangs', ok('success')])
  const monitor = monitorIn(world)
  let answer: unknown = 'waiting'
  void monitor.start().then((receipt) => (answer = receipt))

  await world.clock.advance(499)
  expect(answer).toBe('waiting')
  await world.clock.advance(1)
  expect(answer).toBeNull()
  await world.clock.advance(9_500)

  expect(world.warnings).toEqual([expect.stringContaining('No answer to the start ping')])
})

it('never shows the key: not in warnings, errors, inspection or JSON', async () => {
  const echo = respond(
    400,
    JSON.stringify({ message: `bad key ${TEST_KEY} ${encodeURIComponent(TEST_KEY)}` }),
  )
  const world = scripted([echo, echo, ok('failed')])
  const monitor = monitorIn(world)
  const strict = new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'm', silent: false }, world.surroundings)

  await monitor.start()
  const error = await strict.start().catch((thrown: unknown) => thrown)
  await monitor.fail({
    message: `sent ${TEST_KEY}`,
    log: `basic ${Buffer.from(`${TEST_KEY}:`).toString('base64')}`,
  })

  const everything = [
    world.warnings.join('\n'),
    inspect(error, { showHidden: true, depth: 9 }),
    inspect(monitor, { showHidden: true, depth: 9 }),
    JSON.stringify(monitor),
    world.sent.join('\n'),
  ].join('\n')
  expect(everything).not.toContain('SENTINEL')
  expect(everything).not.toContain(Buffer.from(TEST_KEY).toString('base64').slice(0, 20))
})

it('is inert and says why, in one line, when it is built with wrong options', async () => {
  const world = scripted()
  const monitor = monitorIn(world, { apiKey: undefined })

  expect(await monitor.start()).toBeNull()

  expect(monitor.enabled).toBe(false)
  expect(monitor.disabledReason).toContain('CRONTIFY_API_KEY')
  expect(world.warnings).toEqual([expect.stringMatching(/apiKey is missing.*\(ERR_API_KEY_MISSING\)$/)])
  expect(world.sent).toEqual([])
})

it('throws the same text at construction with silent: false', () => {
  const world = scripted()

  expect(() => monitorIn(world, { apiKey: undefined, silent: false })).toThrow(
    expect.objectContaining({ name: 'CrontifyConfigError', code: 'ERR_API_KEY_MISSING' }),
  )
})

it('takes key and base URL from the environment where code gives none', async () => {
  const env = { CRONTIFY_API_KEY: 'ck_live_from_env', CRONTIFY_BASE_URL: 'http://127.0.0.1:4747/' }
  const world = scripted([], env)

  await new CrontifyMonitor({ monitorId: 'm' }, world.surroundings).start()

  expect(world.requests[0]).toMatchObject({
    origin: 'http://127.0.0.1:4747',
    path: '/api/v1/ping/m/start',
    headers: { 'X-API-Key': 'ck_live_from_env' },
  })
})

it('sends nothing and says nothing where CRONTIFY_DISABLED is set', async () => {
  const world = scripted([], { CRONTIFY_DISABLED: '1' })
  const monitor = monitorIn(world)

  await monitor.start()

  expect(monitor.disabledReason).toContain('CRONTIFY_DISABLED')
  expect(world.sent).toEqual([])
  expect(world.warnings).toEqual([])
})

it('survives a logger that throws', async () => {
  const world = scripted([respond(500)])
  const logger = {
    warn: () => {
      throw new Error('EPIPE')
    },
  }

  expect(await monitorIn(world, { logger }).start()).toBeNull()
})

it('mutes its warnings with logger: false', async () => {
  const world = scripted([respond(500)])

  await monitorIn(world, { logger: false }).start()

  expect(world.warnings).toEqual([])
})

it('sends pings through a fetch of the caller, which never follows redirects', async () => {
  const world = scripted()
  const body = JSON.stringify({
    success: true,
    data: { received: true, monitorId: 'm', runId: 'r', status: 'running' },
  })
  const fetch = vi.fn((_url: string, _init: RequestInit) =>
    Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } })),
  )

  const receipt = await monitorIn(world, { fetch }).start()

  expect(receipt).toMatchObject({ runId: 'r' })
  expect(fetch.mock.calls[0]).toMatchObject([
    'https://api.crontify.com/api/v1/ping/nightly-backup/start',
    { method: 'POST', redirect: 'manual' },
  ])
  expect(world.sent).toEqual([])
})

it('takes secrets out of what a failure says, before it is cut', async () => {
  const world = scripted()
  const password = ['hunter2', 'hunter2'].join('-')
  const straddling = `${'x'.repeat(490)} password=${password}`
  const error = new Error(straddling)

  await monitorIn(world)
    .wrap(() => Promise.reject(error))
    .catch(() => {})

  expect(world.sent[1]).toContain('password=[')
  expect(world.sent[1]).not.toContain('hunter2')
})

it('sends texts as they are with redact: false, and through a function of the caller', async () => {
  const world = scripted()

  await monitorIn(world, { redact: false }).fail('password=hunter2')
  await monitorIn(world, { redact: (text) => text.toUpperCase() }).fail('password=hunter2')

  expect(world.sent).toEqual([
    'fail {"errorMessage":"password=hunter2"}',
    'fail {"errorMessage":"PASSWORD=HUNTER2"}',
  ])
})

it('withholds a text that the function of the caller cannot redact', async () => {
  const world = scripted()
  const redact = (): never => {
    throw new Error('broken')
  }

  await monitorIn(world, { redact }).fail('password=hunter2')

  expect(world.sent[0]).not.toContain('hunter2')
  expect(world.warnings).toEqual([expect.stringContaining('redact threw')])
})

it('keeps head and tail of a log of many megabytes', async () => {
  const world = scripted()

  await monitorIn(world).fail({ log: `head ${'x'.repeat(5_000_000)} tail` })

  expect(world.sent[0]).toMatch(/"logOutput":"head /)
  expect(world.sent[0]).toMatch(/ tail"/)
})

it('is known to the end of the process only while a run is open, so that short-lived clients go', async () => {
  const world = scripted()
  const known = new Set<unknown>()
  const exits: ExitWatch = {
    ...world.surroundings.exits,
    addMonitor: (monitor) => void known.add(monitor),
    removeMonitor: (monitor) => void known.delete(monitor),
  }
  const monitor = new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'm' }, { ...world.surroundings, exits })
  const sizes = [known.size]

  await monitor.wrap(() => void sizes.push(known.size))

  expect([...sizes, known.size]).toEqual([0, 1, 0])
})
