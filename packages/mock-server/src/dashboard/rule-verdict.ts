import { type Meta, type Rule, ruleFires, ruleText } from '@crontify/protocol'

/** What a rule makes of one run's metadata. */
export interface RuleVerdict {
  readonly rule: string
  readonly fires: boolean
  /** A sentence that begins with "fires" or "does not fire". */
  readonly because: string
}

const WORDS = { lt: 'less than', gt: 'more than', eq: 'equal to', ne: 'other than' } as const

/** Says whether a rule alerts on a successful run, and why. A field that is missing never fires. [D RULES] Pure. */
export function ruleVerdict(rule: Rule, meta: Meta | undefined): RuleVerdict {
  const text = ruleText(rule)
  const value = meta !== undefined && Object.hasOwn(meta, rule.field) ? meta[rule.field] : undefined
  if (value === undefined) {
    return {
      rule: text,
      fires: false,
      because: `does not fire: the run sent no ${rule.field}, and a rule is silent then`,
    }
  }
  const fires = ruleFires(rule, meta ?? {})
  const comparison = `${rule.field} is ${value}, ${fires ? '' : 'not '}${WORDS[rule.operator]} ${rule.threshold}`
  return { rule: text, fires, because: `${fires ? 'fires' : 'does not fire'}: ${comparison}` }
}
