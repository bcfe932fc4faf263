import { expect, it } from 'vitest'
import { isRuleField, readMeta } from './meta.ts'

it('keeps finite numbers and names everything else', () => {
  const given = {
    a: 1,
    b: -0,
    c: Number.NaN,
    d: Infinity,
    e: '5',
    f: true,
    g: null,
    h: 5n,
    i: new Date(0),
    j: { k: 1 },
  }

  expect(readMeta(given)).toEqual({
    meta: { a: 1, b: -0 },
    dropped: ['c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  })
})

it('drops an entry whose getter throws, and keeps the others', () => {
  const given = {
    ok: 1,
    get bad(): number {
      throw new Error('no')
    },
  }

  expect(readMeta(given)).toEqual({ meta: { ok: 1 }, dropped: ['bad'] })
})

it('refuses the names that mean something else on an object', () => {
  const given = JSON.parse('{"__proto__": 1, "constructor": 2, "rows": 3}') as unknown

  expect(readMeta(given)).toEqual({ meta: { rows: 3 }, dropped: ['__proto__', 'constructor'] })
  expect(({} as { rows?: number }).rows).toBeUndefined()
})

it.each([undefined, null, 'x', 7, [1, 2], () => 1])('reads nothing from %s', (given) => {
  expect(readMeta(given)).toEqual({ meta: {}, dropped: [] })
})

it('reads own entries only', () => {
  expect(readMeta(Object.create({ inherited: 1 }))).toEqual({ meta: {}, dropped: [] })
})

it('survives a proxy that throws at everything', () => {
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no')
      },
    },
  )

  expect(readMeta(proxy)).toEqual({ meta: {}, dropped: [] })
})

// [D RULES]
it.each([
  ['rows_processed', true],
  ['A1_', true],
  ['x'.repeat(50), true],
  ['x'.repeat(51), false],
  ['', false],
  ['rows-processed', false],
  ['rows processed', false],
  [7, false],
])('says of the rule field %s: %s', (field, is) => {
  expect(isRuleField(field)).toBe(is)
})
