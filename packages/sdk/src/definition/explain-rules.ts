import {
  isRuleField,
  nearestName,
  readMeta,
  ruleFires,
  ruleText,
  type MonitorDefinition,
  type Rule,
} from '@crontify/protocol'
import { kindOf } from '../kind-of.ts'
import { printable } from '../redaction/printable.ts'

/** What one alert rule makes of the metadata of a successful run. */
export interface RuleExplanation {
  readonly rule: Rule
  /** Whether the service alerts. */
  readonly fires: boolean
  /**
   * `matches` and `differs`: the number was compared. `missing`: the service skips such a rule silently [D RULES].
   * `unusable`: there is a value, but no finite number, so it is not sent and the field is missing there.
   */
  readonly because: 'matches' | 'differs' | 'missing' | 'unusable'
  /** For people: one sentence. */
  readonly text: string
  /** The field of the metadata that was probably meant by a missing one. */
  readonly didYouMean?: string
}

/**
 * Says for each rule of a definition whether it would alert on these metadata of a successful run, and why: for unit
 * tests, and to see that a rule looks at a field which is really sent.
 *
 * Judges as the service is documented to: a rule whose field is missing never alerts. Never throws.
 *
 * @example
 * import { defineMonitor, explainRules } from '@crontify/sdk'
 *
 * const userSync = defineMonitor({
 *   id: 'user-sync',
 *   rules: [{ field: 'records_processed', operator: 'eq', threshold: 0 }],
 * })
 * const [rule] = explainRules(userSync, { records_procesed: 0 })
 * console.log(rule?.fires, rule?.because, rule?.didYouMean) // false missing records_procesed
 */
export function explainRules(
  definition: Pick<MonitorDefinition, 'rules'>,
  meta: Readonly<Record<string, number | undefined>>,
): readonly RuleExplanation[] {
  const read = readMeta(meta)
  return (definition.rules ?? []).map((rule): RuleExplanation => {
    const value = Object.hasOwn(read.meta, rule.field) ? read.meta[rule.field] : undefined
    if (value === undefined)
      return missing(rule, meta, [...Object.keys(read.meta), ...read.dropped], read.dropped)
    const fires = ruleFires(rule, read.meta)
    const text = `${ruleText(rule)} ${fires ? 'alerts' : 'does not alert'}: ${rule.field} is ${value}`
    return { rule, fires, because: fires ? 'matches' : 'differs', text }
  })
}

function missing(
  rule: Rule,
  meta: unknown,
  names: readonly string[],
  dropped: readonly string[],
): RuleExplanation {
  const silent = `does not alert: "${printable(rule.field, 60)}" is not in the metadata, and the service skips such a rule silently`
  if (dropped.includes(rule.field)) {
    const text = `${ruleText(rule)} does not alert: "${rule.field}" is ${valueText(meta, rule.field)} and no finite number, so it is not sent`
    return { rule, fires: false, because: 'unusable', text }
  }
  const meant = nearestName(rule.field, names.filter(isRuleField))
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const text = `${printable(ruleText(rule), 200)} ${silent}${hint}`
  return {
    rule,
    fires: false,
    because: 'missing',
    text,
    ...(meant === undefined ? {} : { didYouMean: meant }),
  }
}

/** What stands there; texts are not shown, they may be anything. */
function valueText(meta: unknown, field: string): string {
  try {
    const value: unknown = Reflect.get(meta as object, field)
    return typeof value === 'number' ? String(value) : value === undefined ? 'undefined' : kindOf(value)
  } catch {
    return 'not readable'
  }
}
