import { type Meta, type Rule, ruleFires } from '@crontify/protocol'
import type { MatchedRule } from './alert-facts.ts'

const NONE: readonly [] = Object.freeze([])

/** The rules that match a successful run's metadata, in their order. A missing field never matches. [D RULES] */
export function matchedRules(rules: readonly Rule[], meta: Meta | undefined): readonly MatchedRule[] {
  if (meta === undefined || rules.length === 0) return NONE
  return rules.flatMap((rule) => {
    const value = meta[rule.field]
    if (value === undefined || !ruleFires(rule, meta)) return []
    const { field, operator, threshold } = rule
    return [{ field, operator, threshold, value }]
  })
}
