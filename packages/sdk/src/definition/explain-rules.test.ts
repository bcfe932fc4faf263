import fc from 'fast-check'
import { RULE_OPERATORS, ruleFires } from '@crontify/protocol'
import { expect, it } from 'vitest'
import { explainRules } from './explain-rules.ts'

const definition = {
  rules: [
    { field: 'records_processed', operator: 'eq', threshold: 0 },
    { field: 'errors_encountered', operator: 'gt', threshold: 0 },
  ],
} as const

it('says for each rule whether it alerts, and with which number', () => {
  const explained = explainRules(definition, { records_processed: 0, errors_encountered: 0 })

  expect(explained.map(({ fires, because, text }) => ({ fires, because, text }))).toEqual([
    {
      fires: true,
      because: 'matches',
      text: 'records_processed eq 0 alerts: records_processed is 0',
    },
    {
      fires: false,
      because: 'differs',
      text: 'errors_encountered gt 0 does not alert: errors_encountered is 0',
    },
  ])
})

// [D RULES] A missing field and 0 differ by design.
it('shows the trap of a field that is not sent, and the name that was meant', () => {
  const [rule] = explainRules(definition, { records_procesed: 0, errors_encountered: 0 })

  expect(rule).toMatchObject({ fires: false, because: 'missing', didYouMean: 'records_procesed' })
  expect(rule?.text).toBe(
    'records_processed eq 0 does not alert: "records_processed" is not in the metadata, and the service skips such a rule silently; did you mean "records_procesed"?',
  )
})

it('suggests nothing where no name is near', () => {
  const [rule] = explainRules(definition, { emails_sent: 3 })

  expect(rule).not.toHaveProperty('didYouMean')
})

it.each([
  ['a text', '0', 'a string'],
  ['NaN', Number.NaN, 'NaN'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
])('says that %s is not sent, so that the rule cannot alert', (_name, value, shown) => {
  const [rule] = explainRules(definition, { records_processed: value as never })

  expect(rule).toMatchObject({ fires: false, because: 'unusable' })
  expect(rule?.text).toContain(`"records_processed" is ${shown} and no finite number`)
})

it('explains nothing where there are no rules, and survives metadata that cannot be read', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()

  expect(explainRules({}, { rows: 1 })).toEqual([])
  expect(explainRules(definition, proxy).map(({ because }) => because)).toEqual(['missing', 'missing'])
  expect(explainRules(definition, null as never).every(({ fires }) => !fires)).toBe(true)
})

it('judges every rule as the service does', () => {
  const field = fc.constantFrom('rows', 'files', 'errors')
  const number = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const rules = fc.array(
    fc.record({ field, operator: fc.constantFrom(...RULE_OPERATORS), threshold: number }),
  )

  fc.assert(
    fc.property(rules, fc.dictionary(field, number), (given, meta) => {
      const fires = explainRules({ rules: given }, meta).map((explained) => explained.fires)
      expect(fires).toEqual(given.map((rule) => ruleFires(rule, meta)))
    }),
  )
})
