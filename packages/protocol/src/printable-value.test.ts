import { expect, it } from 'vitest'
import { printableValue } from './printable-value.ts'

it.each<[unknown, string]>([
  ['300', '"300"'],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [[1], 'a list'],
  [{ a: 1 }, 'an object'],
  [() => 1, 'a function'],
  [1n, 'a bigint'],
  ['a\n"b"\u001b[31m', '"a\\n\\"b\\"\\u001b[31m"'],
  ['\u202Eevil\u009b', '"\\u{202e}evil\\u{9b}"'],
])('shows %o as %s', (value, shown) => {
  expect(printableValue(value)).toBe(shown)
})

it('shows the head of a long text', () => {
  expect(printableValue('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`)
  expect(printableValue('x'.repeat(61))).toBe(`"${'x'.repeat(60)}"…`)
})
