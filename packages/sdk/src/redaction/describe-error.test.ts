import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { describeError } from './describe-error.ts'

const throwing = (): never => {
  throw new Error('from a getter')
}

it('describes an error by its message, and its stack as the log', () => {
  const error = new TypeError('disk is full')

  expect(describeError(error)).toEqual({ message: 'disk is full', log: error.stack })
})

it.each<[unknown, string]>([
  [undefined, 'undefined was thrown'],
  [null, 'null was thrown'],
  [0, 'the number 0 was thrown'],
  [false, 'the boolean false was thrown'],
  [10n, 'the bigint 10 was thrown'],
  [Symbol('s'), 'a symbol was thrown'],
  [throwing, 'a function was thrown'],
  ['', 'an empty text was thrown'],
  ['disk is full', 'disk is full'],
  [{ message: 'disk is full' }, 'disk is full'],
  [{ message: {} }, 'an object was thrown (with message)'],
  [{ code: 7, path: '/' }, 'an object was thrown (with code, path)'],
  [{}, 'an object was thrown'],
  [Object.create(null), 'an object was thrown'],
  [new Error(''), 'Error'],
])('describes %s', (thrown, message) => {
  expect(describeError(thrown)).toEqual({ message, log: thrown instanceof Error ? thrown.stack : undefined })
})

it('describes an error of another realm and a DOMException', () => {
  const foreign: unknown = runInNewContext('new RangeError("from elsewhere")')

  expect(describeError(foreign)).toMatchObject({
    message: 'from elsewhere',
    log: expect.stringContaining('RangeError'),
  })
  expect(describeError(new DOMException('stopped', 'AbortError')).message).toBe('stopped')
})

it('shows the chain of causes', () => {
  const error = new Error('sync failed', { cause: new Error('no connection', { cause: 'the cable' }) })

  expect(describeError(error).log).toMatch(/^Error: sync failed[^]*Caused by: Error: no connection/)
})

it('shows at most ten causes, and says when they go in a circle', () => {
  let deep = new Error('0')
  for (let depth = 1; depth < 1_000; depth++) deep = new Error(String(depth), { cause: deep })
  const circle = new Error('first')
  circle.cause = new Error('second', { cause: circle })

  expect(describeError(deep).log?.match(/Caused by/g)).toHaveLength(10)
  expect(describeError(deep).log).toContain('more than 10 causes')
  expect(describeError(circle).log).toContain('already shown above (a cycle)')
})

it('shows the first ten of many errors and counts the rest', () => {
  const many = new AggregateError(
    Array.from({ length: 100_000 }, (_, index) => new Error(`part ${index}`)),
    'all',
  )
  many.errors[1] = many

  const { log } = describeError(many)

  expect(log?.match(/Contains \(/g)).toHaveLength(10)
  expect(log).toContain('… and 99990 more')
  expect(log).toContain('Contains (2 of 100000): an error that is already shown above')
})

it('survives errors whose fields throw', () => {
  for (const name of ['message', 'stack', 'name', 'cause', 'errors']) {
    const error = new Error('disk is full')
    Object.defineProperty(error, name, { get: throwing })

    expect(describeError(error).message).not.toBe('')
  }
})

it('survives proxies that throw at everything', () => {
  const traps = { get: throwing, has: throwing, getPrototypeOf: throwing, ownKeys: throwing }
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()

  expect(describeError(new Proxy(new Error('x'), traps)).message).toBe('[unreadable error]')
  expect(describeError(proxy).message).toBe('[unreadable error]')
})

it('runs no code of the thrown value', () => {
  const ran: string[] = []
  const hostile = {
    toString: () => ran.push('toString'),
    toJSON: () => ran.push('toJSON'),
    [Symbol.toPrimitive]: () => ran.push('toPrimitive'),
    [Symbol.for('nodejs.util.inspect.custom')]: () => ran.push('inspect'),
  }

  describeError(hostile)
  describeError(new Error('x', { cause: hostile }))

  expect(ran).toEqual([])
})

it('does not change the error', () => {
  const error = Object.freeze(new Error('disk is full'))
  const before = Object.getOwnPropertyNames(error)

  describeError(error)

  expect(Object.getOwnPropertyNames(error)).toEqual(before)
})

it('hands on a long text whole, because it is cut when it has been redacted', () => {
  const long = 'x'.repeat(1_000_000)

  expect(describeError(long).message).toBe(long)
  expect(describeError(new Error(long)).message).toBe(long)
})

it('shows a message that was set after the error was made', () => {
  const error = new Error('before')
  // Node makes the text of a stack when it is first read.
  void error.stack
  error.message = 'after'

  expect(describeError(error).log).toMatch(/^Error: after\nError: before/)
})
