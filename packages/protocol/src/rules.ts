import type { Meta } from './meta.ts'

/** How a rule compares; there is no "at least" or "at most". [D RULES] */
export type RuleOperator = 'lt' | 'gt' | 'eq' | 'ne'

/** The four operators, in the order in which the documents list them. */
export const RULE_OPERATORS: readonly RuleOperator[] = ['lt', 'gt', 'eq', 'ne']

/** One alert rule: "alert when this number of a successful run is …". [D RULES] */
export interface Rule {
  /** The metadata field: 1 to 50 letters, digits and underscores. */
  readonly field: string
  readonly operator: RuleOperator
  readonly threshold: number
}

/**
 * True if the rule alerts on this metadata. [D RULES]
 *
 * A field that is not there never fires: for the service, missing and `0` are different facts.
 */
export function ruleFires(rule: Rule, meta: Meta): boolean {
  const value = Object.hasOwn(meta, rule.field) ? meta[rule.field] : undefined
  if (value === undefined) return false
  switch (rule.operator) {
    case 'lt':
      return value < rule.threshold
    case 'gt':
      return value > rule.threshold
    case 'eq':
      return value === rule.threshold
    case 'ne':
      return value !== rule.threshold
  }
}

/** The rule as people say it: `records_processed eq 0`. */
export function ruleText(rule: Rule): string {
  return `${rule.field} ${rule.operator} ${rule.threshold}`
}
