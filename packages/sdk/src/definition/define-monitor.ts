import { RULE_OPERATORS, type MonitorDefinition, type Rule } from '@crontify/protocol'
import { definitionProblems } from '@crontify/protocol/schemas'
import { CrontifyDefinitionError } from '../errors.ts'
import { describeError } from '../redaction/describe-error.ts'
import { printable } from '../redaction/printable.ts'
import { attachSchema } from './definition-schema.ts'
import type { AnyMeta, MetaShape } from './meta-types.ts'
import { ruleFields, type RuleFields } from './rule-fields.ts'
import type { NumbersOnly, SchemaFields, StandardSchema } from './standard-schema.ts'

declare const META: unique symbol

/** A monitor's definition: plain data, of whose metadata the compiler knows the fields. */
export interface DefinedMonitor<Fields extends MetaShape = AnyMeta> extends MonitorDefinition {
  /** Only for the compiler. */
  readonly [META]?: Fields
}

/** Up to 5 rules [D RULES], so that the compiler refuses a sixth. */
export type UpToFiveRules = readonly [Rule?, Rule?, Rule?, Rule?, Rule?]

/** What {@link defineMonitor} takes: the fields of the service's form, a schema, and rules on its fields. */
export interface NewMonitor<Schema extends StandardSchema> extends Omit<MonitorDefinition, 'rules'> {
  /**
   * Which metadata a successful run has: any Standard Schema, such as
   * `z.object({ records_processed: z.number() })`. All fields are numbers.
   *
   * Numbers are sent as the job gave them, never as the schema would change them. One that the schema refuses, or that
   * is missing, is a warning; a schema that answers later is only for the compiler.
   */
  readonly meta?: Schema & NumbersOnly<Schema>
  /**
   * Alert rules: `(meta) => [meta.records_processed.eq(0)]`, at most 5 [D RULES], or a list of plain rules, which is
   * counted when it is there.
   */
  readonly rules?: ((meta: RuleFields<SchemaFields<Schema>>) => UpToFiveRules) | readonly Rule[]
}

/**
 * Describes a monitor in code: what the service's form asks for, the metadata of its runs, and rules on them.
 *
 * Returns plain data without the schema: `JSON.stringify` keeps all of it, `createMockServer({ monitors })` takes it,
 * and `new Crontify(…).monitor(definition)` gives a client that knows the metadata. Nothing is sent: the service has no
 * documented way to create monitors, so its form has to say the same.
 *
 * @throws {CrontifyDefinitionError} if a field is wrong, naming the field, its value and what is accepted. Unlike a
 * wrong option this is a mistake in the program, and shows at its first start.
 * @example
 * import { defineMonitor } from '@crontify/sdk'
 * import { z } from 'zod'
 *
 * export const userSync = defineMonitor({
 *   id: 'user-sync',
 *   schedule: '0 3 * * *',
 *   timezone: 'Europe/Berlin',
 *   meta: z.object({ records_processed: z.number() }),
 *   rules: (meta) => [meta.records_processed.eq(0), meta.duration_ms.gt(45 * 60_000)],
 * })
 */
export function defineMonitor<Schema extends StandardSchema = StandardSchema<AnyMeta>>(
  monitor: NewMonitor<Schema>,
): DefinedMonitor<SchemaFields<Schema>> {
  const { meta, rules, ...fields } = ownFields(monitor)
  const definition: Readonly<Record<string, unknown>> = {
    ...definedOnly(fields),
    ...(rules === undefined ? {} : { rules: rulesOf(rules) }),
  }
  const problems = [...schemaProblems(meta), ...definitionProblems(definition)]
  if (problems.length > 0) throw new CrontifyDefinitionError(errorText(definition['id'], problems))
  const plain = deepFrozenCopy(definition) as DefinedMonitor<SchemaFields<Schema>>
  if (meta !== undefined) attachSchema(plain, meta as StandardSchema)
  return plain
}

function ownFields(monitor: unknown): Readonly<Record<string, unknown>> {
  if (typeof monitor !== 'object' || monitor === null || Array.isArray(monitor)) {
    throw new CrontifyDefinitionError(
      'defineMonitor takes one object, such as { id: "user-sync", schedule: "0 3 * * *" }',
    )
  }
  return { ...monitor }
}

function definedOnly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function rulesOf(rules: unknown): unknown {
  if (typeof rules !== 'function') return rules
  try {
    return (rules as (meta: unknown) => unknown)(ruleFields())
  } catch (cause) {
    const accepted = `rules are made as in (meta) => [meta.records_processed.eq(0)], with ${RULE_OPERATORS.join(', ')}`
    const { message } = describeError(cause)
    throw new CrontifyDefinitionError(`"rules" threw "${printable(message, 200)}"; ${accepted}`, { cause })
  }
}

function schemaProblems(meta: unknown): string[] {
  if (meta === undefined || isSchema(meta)) return []
  return [
    '"meta" is not a schema; it is a Standard Schema, such as z.object({ records_processed: z.number() })',
  ]
}

/** arktype's schemas are functions. */
function isSchema(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  const standard: unknown = Reflect.get(value, '~standard')
  return (
    typeof standard === 'object' &&
    standard !== null &&
    typeof Reflect.get(standard, 'validate') === 'function'
  )
}

function errorText(id: unknown, problems: readonly string[]): string {
  const name = typeof id === 'string' ? ` "${printable(id, 60)}"` : ''
  return `The definition of monitor${name} is wrong: ${problems.join('; ')}`
}

/** Nobody else's list, and nobody's to change: a definition is shared by whoever imports it. */
function deepFrozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(deepFrozenCopy))
  if (typeof value !== 'object' || value === null) return value
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, deepFrozenCopy(entry)])),
  )
}
