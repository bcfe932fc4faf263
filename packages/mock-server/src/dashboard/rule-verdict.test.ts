import { RULE_OPERATORS, ruleFires } from '@crontify/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ruleVerdict } from './rule-verdict.ts'

it.each([
  ['lt', 4, 'fires: rows is 4, less than 5'],
  ['lt', 5, 'does not fire: rows is 5, not less than 5'],
  ['gt', 6, 'fires: rows is 6, more than 5'],
  ['eq', 5, 'fires: rows is 5, equal to 5'],
  ['ne', 5, 'does not fire: rows is 5, not other than 5'],
] as const)('says of "rows %s 5" and %d: %s', (operator, rows, because) => {
  expect(ruleVerdict({ field: 'rows', operator, threshold: 5 }, { rows })).toEqual({
    rule: `rows ${operator} 5`,
    fires: because.startsWith('fires'),
    because,
  })
})

it.each([undefined, {}, { other: 0 }])('is silent where the field is missing from %j', (meta) => {
  expect(ruleVerdict({ field: 'rows', operator: 'ne', threshold: 5 }, meta)).toEqual({
    rule: 'rows ne 5',
    fires: false,
    because: 'does not fire: the run sent no rows, and a rule is silent then',
  })
})

it('is silent on what every object inherits', () => {
  expect(ruleVerdict({ field: 'constructor', operator: 'ne', threshold: 5 }, {}).fires).toBe(false)
})

it('says what the service decides, for any numbers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RULE_OPERATORS),
      fc.double(),
      fc.double({ noNaN: true }),
      (operator, value, threshold) => {
        const rule = { field: 'rows', operator, threshold }
        expect(ruleVerdict(rule, { rows: value }).fires).toBe(ruleFires(rule, { rows: value }))
      },
    ),
  )
})
