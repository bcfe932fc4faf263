import { RULE_OPERATORS, type Rule, type RuleOperator } from '@crontify/protocol'
import type { MetaField, MetaShape } from './meta-types.ts'

/** Makes a rule on one metadata field: `meta.records_processed.eq(0)`. */
export type RuleField<Field extends string = string> = {
  /** Alerts when the number is this one (`eq`), another one (`ne`), less (`lt`) or more (`gt`). [D RULES] */
  readonly [Operator in RuleOperator]: (threshold: number) => Rule & {
    readonly field: Field
    readonly operator: Operator
  }
}

/** One {@link RuleField} for each metadata field of a monitor, and for `duration_ms`, which `wrap` adds by itself. */
export type RuleFields<Fields extends MetaShape> = {
  readonly [Field in MetaField<Fields>]-?: RuleField<Field>
}

/**
 * The fields that a definition's `rules` picks from.
 *
 * A schema does not tell its fields at run time, so every name makes a field: the compiler knows which are there.
 */
export function ruleFields<Fields extends MetaShape>(): RuleFields<Fields> {
  return new Proxy(Object.create(null) as RuleFields<Fields>, {
    get: (_, field) => (typeof field === 'string' ? ruleField(field) : undefined),
  })
}

function ruleField(field: string): RuleField {
  const makers = RULE_OPERATORS.map((operator) => [
    operator,
    (threshold: number): Rule => ({ field, operator, threshold }),
  ])
  return Object.fromEntries(makers) as RuleField
}
