import * as z from 'zod/mini'
import { MAX_RULE_FIELD_LENGTH } from '../limits.ts'
import { RULE_OPERATORS, type Rule } from '../rules.ts'
import { fieldsParams } from './fields.ts'

const FIELD_ACCEPTED = `1 to ${MAX_RULE_FIELD_LENGTH} letters, digits or "_"`

const fields = {
  field: z
    .string(FIELD_ACCEPTED)
    .check(z.regex(/^[A-Za-z0-9_]+$/, FIELD_ACCEPTED), z.maxLength(MAX_RULE_FIELD_LENGTH, FIELD_ACCEPTED)),
  operator: z.enum(RULE_OPERATORS, `one of ${RULE_OPERATORS.join(', ')}`),
  threshold: z.number('a finite number'),
}

/** One alert rule. [D RULES] */
export const ruleSchema: z.ZodMiniType<Rule> = z.strictObject(
  fields,
  fieldsParams('a rule', Object.keys(fields)),
)
