import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRunMeta } from './run-meta.ts'

function given() {
  const dropped: string[] = []
  return { dropped, meta: createRunMeta((names) => void dropped.push(...names)) }
}

it('merges what it is given, the newest number first', () => {
  const { meta } = given()

  meta.set({ rows: 1, files: 2 })
  meta.set({ rows: 3 })

  expect(meta.gathered()).toEqual({ rows: 3, files: 2 })
})

it('adds to a field that begins at 0', () => {
  const { meta } = given()

  meta.increment('rows', 1)
  meta.increment('rows', 5)
  meta.increment('errors', 0)

  expect(meta.gathered()).toEqual({ rows: 6, errors: 0 })
})

it.each([
  ['NaN', Number.NaN],
  ['a text', '1'],
  ['nothing', null],
  ['a bigint', 1n],
  ['infinity', Infinity],
])('keeps the old number where %s is added', (_name, by) => {
  const { meta, dropped } = given()
  meta.set({ rows: 1 })

  meta.increment('rows', by)

  expect(meta.gathered()).toEqual({ rows: 1 })
  expect(dropped).toEqual(['rows'])
})

it.each([undefined, null, 7, 'rows', [1], () => {}, Symbol('x')])(
  'has nothing to gather from %s',
  (values) => {
    const { meta } = given()

    meta.set(values)

    expect(meta.gathered()).toEqual({})
  },
)

it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s', (field) => {
  const { meta, dropped } = given()

  meta.increment(field, 1)

  expect(meta.gathered()).toEqual({})
  expect(dropped).toEqual([field])
})

it('never turns a value into a number: what is sent was given, bit for bit', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.constantFrom('5', '', true, null, [7], new Date(7), 5n),
  )
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), value), { size: 'max', maxLength: 10 }), (all) => {
      const { meta, dropped } = given()
      for (const values of all) meta.set(values)
      for (const [field, sent] of Object.entries(meta.gathered())) {
        expect(Number.isFinite(sent)).toBe(true)
        expect(all.some((values) => Object.hasOwn(values, field) && Object.is(values[field], sent))).toBe(
          true,
        )
      }
      const bad = all.flatMap((values) =>
        Object.keys(values).filter((name) => !Number.isFinite(values[name])),
      )
      expect(bad.filter((name) => !dropped.includes(name))).toEqual([])
    }),
  )
})
