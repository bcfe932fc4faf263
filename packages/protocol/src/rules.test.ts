import { expect, it } from 'vitest'
import { type Rule, ruleFires } from './rules.ts'

const rule = (operator: Rule['operator'], threshold: number): Rule => ({
  field: 'records',
  operator,
  threshold,
})

it.each([
  ['lt', 100, 99, true],
  ['lt', 100, 100, false],
  ['gt', 0, 1, true],
  ['gt', 0, 0, false],
  ['eq', 0, 0, true],
  ['eq', 0, -0, true],
  ['eq', 0, 1, false],
  ['ne', 0, 1, true],
  ['ne', 0, 0, false],
] as const)('fires "%s %d" on %d: %s', (operator, threshold, value, fires) => {
  expect(ruleFires(rule(operator, threshold), { records: value })).toBe(fires)
})

// [D RULES]
it('never fires on a field that is missing, whatever the operator', () => {
  for (const operator of ['lt', 'gt', 'eq', 'ne'] as const) {
    expect(ruleFires(rule(operator, 0), { other: 1 })).toBe(false)
  }
})

it('does not take an inherited property for a field', () => {
  const inherited = Object.create({ records: 0 }) as Record<string, number>

  expect(ruleFires(rule('eq', 0), inherited)).toBe(false)
})
