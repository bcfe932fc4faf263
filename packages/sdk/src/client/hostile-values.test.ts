import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scripted, TEST_KEY, type Scripted } from '../../test/support/scripted.ts'
import { CrontifyMonitor } from './crontify-monitor.ts'

/*
 * What a job may throw, return, log and send. Whatever it is: the job's own value comes back, one ping of each kind goes out,
 * and the texts fit the service.
 */

function monitorIn(world: Scripted): CrontifyMonitor {
  return new CrontifyMonitor({ apiKey: TEST_KEY, monitorId: 'user-sync' }, world.surroundings)
}

interface FailBody {
  readonly errorMessage: string
  readonly logOutput?: string
  readonly meta: Readonly<Record<string, number>>
}

async function failureOf(thrown: unknown): Promise<FailBody> {
  const world = scripted()
  const job = monitorIn(world).wrap((run) => {
    run.log('before it broke')
    throw thrown
  })
  const caught = await job.then(
    () => ({ nothing: true }),
    (error: unknown) => ({ error }),
  )
  expect('error' in caught).toBe(true)
  expect(Object.is((caught as { error: unknown }).error, thrown)).toBe(true)
  expect(world.sent.map((sent) => sent.split(' ')[0])).toEqual(['start', 'fail'])
  const body = JSON.parse(world.requests[1]?.body ?? '') as FailBody
  expect(body.errorMessage.length).toBeGreaterThan(0)
  expect(body.errorMessage.length).toBeLessThanOrEqual(500)
  expect(body.logOutput?.length ?? 0).toBeLessThanOrEqual(10_000)
  expect(body.errorMessage.isWellFormed() && (body.logOutput ?? '').isWellFormed()).toBe(true)
  expect(body.logOutput).toContain('before it broke')
  return body
}

const throwing = (): never => {
  throw new Error('trap')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function withGetters(names: readonly string[]): Error {
  const error = new Error('hidden')
  for (const name of names) Object.defineProperty(error, name, { get: throwing })
  return error
}

function chainOf(length: number): Error {
  let error = new Error('root')
  for (let index = 0; index < length; index++) error = new Error(`level ${index}`, { cause: error })
  return error
}

function cyclic(): Error {
  const error = new Error('round')
  error.cause = error
  return error
}

function gathering(count: number): AggregateError {
  const error = new AggregateError(
    Array.from({ length: count }, (_, index) => new Error(`part ${index}`)),
    'many',
  )
  error.errors.push(error)
  return error
}

// reliability J1, J3, J4, J5, J7, J8, J9, J10, J11, J17
it.each<[string, () => unknown]>([
  ...[undefined, null, 0, '', Symbol('x'), 5n, () => {}, true, Number.NaN].map(
    (value): [string, () => unknown] => [`the ${typeof value} ${String(value)}`, () => value],
  ),
  ['a frozen error', () => Object.freeze(new TypeError('frozen'))],
  [
    'a proxy with traps that throw',
    () =>
      new Proxy(new Error('x'), {
        get: throwing,
        getPrototypeOf: throwing,
        has: throwing,
        ownKeys: throwing,
      }),
  ],
  ['a revoked proxy', revoked],
  ['getters that throw', () => withGetters(['stack', 'message', 'name', 'cause', 'toString', 'toJSON'])],
  ['a chain of 1,000 causes', () => chainOf(1_000)],
  ['an error that is its own cause', cyclic],
  ['100,000 errors in one, and itself', () => gathering(100_000)],
  ['an object without a prototype', () => Object.assign(Object.create(null) as object, { a: 1 })],
  ['an error of another realm', () => runInNewContext('new RangeError("elsewhere")') as unknown],
  ['a DOMException', () => new DOMException('aborted', 'AbortError')],
  ['a message that is an object', () => ({ message: {} })],
  [
    'ANSI, NUL, line ends and marks of direction',
    () => new Error('\u001b[31mred\u0000\r\n\u2028\u202eabc\ud800'),
  ],
  ['an emoji on every cut', () => new Error('😀'.repeat(20_000))],
  ['a text of 5 MB', () => 'x'.repeat(5_000_000)],
])('reports a job that throws %s, and throws it on', async (_name, make) => {
  await failureOf(make())
})

// J10, J13: what an HTTP client's error carries, and a secret on every place where a text may be cut
it('leaks no secret of an error, wherever it stands', async () => {
  const secret = 'ghp_A1b2C3d4E5f6A1b2C3d4E5f6A1b2C3d4E5f6'
  const places = [0, 215, 220, 230, 240, 470, 500, 4_970, 5_000, 5_980, 6_000, 9_960, 10_000, 64 * 1024 - 20]
  for (const place of places) {
    const error = Object.assign(new Error(`${'word '.repeat(place / 5)}${secret} and on`), {
      config: { headers: { authorization: `Bearer ${secret}` } },
    })
    expect(JSON.stringify(await failureOf(error))).not.toMatch(/ghp_A1|C3d4E5f6A1b2/)
  }
})

// J6
it('survives a prepareStackTrace that throws', async () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')
  const error = new Error('disk is full')
  Object.defineProperty(Error, 'prepareStackTrace', { value: throwing, configurable: true, writable: true })
  try {
    expect((await failureOf(error)).errorMessage).toBe('disk is full')
  } finally {
    if (before === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace')
    else Object.defineProperty(Error, 'prepareStackTrace', before)
  }
})

// J14
it.each<[string, () => unknown, unknown]>([
  ['a value at once', () => 7, 7],
  ['a thenable', () => ({ then: (done: (value: number) => void) => done(7) }), 7],
  [
    'a thenable that resolves twice',
    () => ({ then: (done: (value: number) => void) => (done(7), done(8)) }),
    7,
  ],
])('takes %s as await would', async (_name, job, expected) => {
  const world = scripted()

  expect(await monitorIn(world).wrap(job)).toBe(expected)

  expect(world.sent.map((sent) => sent.split(' ')[0])).toEqual(['start', 'success'])
})

it('fails with a thenable whose then throws', async () => {
  const world = scripted()
  const thenable = { then: throwing }

  await expect(monitorIn(world).wrap(() => thenable as never)).rejects.toThrow('trap')

  expect(world.sent[1]).toContain('"errorMessage":"trap"')
})

// J15
it('looks into no result', async () => {
  const world = scripted()
  const result = new Proxy(
    {},
    { get: (_target, name) => (name === 'then' ? undefined : throwing()), ownKeys: throwing },
  )

  expect(await monitorIn(world).wrap(() => result)).toBe(result)
})

// J19
it('sends the good entries of metadata and names the bad ones in one warning', async () => {
  const world = scripted()
  const meta = {
    ok: 1,
    zero: 0,
    minus: -0,
    big: 2 ** 53 + 2,
    nan: Number.NaN,
    infinite: -Infinity,
    huge: 1e400,
    bigint: 5n,
    text: '5',
    date: new Date(7),
    nested: { rows: 1 },
    nothing: null,
    [Symbol('s')]: 1,
    ['k'.repeat(51)]: 2,
    '': 3,
    get trap(): number {
      return throwing()
    },
    ['__proto__']: 4,
  }

  await monitorIn(world).wrap((run) => {
    run.meta(meta as never)
    run.meta(Object.create({ inherited: 1 }) as never)
    run.meta(revoked() as never)
  })

  const sent = (JSON.parse(world.requests[1]?.body ?? '') as { meta: object }).meta
  expect(sent).toEqual({
    duration_ms: 0,
    ok: 1,
    zero: 0,
    minus: 0,
    big: 2 ** 53 + 2,
    ['k'.repeat(51)]: 2,
    '': 3,
  })
  expect(world.warnings).toEqual([
    expect.stringMatching(/nan, infinite, huge, bigint, text, date, nested, nothing, trap/),
  ])
})

it('sends 10,000 entries as they are', async () => {
  const world = scripted()
  const meta = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field_${index}`, index]))

  await monitorIn(world).success({ meta })

  expect(JSON.parse(world.requests[0]?.body ?? '')).toEqual({ meta })
})

// J20
it.each<[string, unknown, RegExp | undefined]>([
  ['a Buffer', Buffer.from('df: /var 100 %'), /^df: \/var 100 %$/],
  ['a Buffer that is no UTF-8', Buffer.from([0x64, 0xff, 0x66]), /^d\ufffdf$/],
  ['a Buffer of 20 MB', Buffer.alloc(20_000_000, 'x'), /^x+\n… \d+ characters left out …\n[^]*x$/],
  ['a list', ['a'], undefined],
  ['a number', 7, undefined],
])('takes for a log what is one: %s', async (_name, log, expected) => {
  const world = scripted()

  await monitorIn(world).fail({ message: 'x', log: log as string })

  const { logOutput } = JSON.parse(world.requests[0]?.body ?? '') as { logOutput?: string }
  if (expected === undefined) expect(logOutput).toBeUndefined()
  else expect(logOutput).toMatch(expected)
  expect(logOutput?.length ?? 0).toBeLessThanOrEqual(10_000)
})

it('sends no number that was not given, whatever a job says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.anything()), { maxLength: 5 }), async (all) => {
      const world = scripted()
      await monitorIn(world).wrap(
        (run) => {
          for (const values of all) run.meta(values as never)
        },
        { meta: () => all.at(-1) as never },
      )
      const { meta } = JSON.parse(world.requests[1]?.body ?? '{}') as { meta: Record<string, number> }
      for (const [field, value] of Object.entries(meta)) {
        if (field === 'duration_ms' && value === 0) continue
        // JSON has no −0.
        expect(all.some((values) => Object.hasOwn(values, field) && values[field] === value)).toBe(true)
      }
      expect(world.warnings.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: 100 },
  )
})
