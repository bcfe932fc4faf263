import type { MonitorDefinition } from '@crontify/protocol'
import type { SchemaIssue, StandardSchema } from './standard-schema.ts'

/** Beside the definitions and not in them: they are plain data. */
const schemas = new WeakMap<object, StandardSchema>()

export function attachSchema(definition: object, schema: StandardSchema): void {
  schemas.set(definition, schema)
}

export function hasSchema(definition: object): boolean {
  return schemas.has(definition)
}

/** One thing that the schema of a definition has against the metadata of a run. */
export interface MetaIssue {
  /** `undefined` where the metadata as a whole are meant. */
  readonly field: string | undefined
  readonly message: string
}

/**
 * What the definition's schema has against these metadata. Nothing it changes about them is used.
 *
 * Never throws: a schema that does is taken for one that has nothing to say, and so is one that answers later.
 */
export function metaIssues(definition: object, meta: Readonly<Record<string, number>>): readonly MetaIssue[] {
  try {
    // A copy: what a schema does to its input must not reach the ping.
    const result = schemas.get(definition)?.['~standard'].validate({ ...meta })
    if (result === undefined) return []
    if ('then' in result) {
      void Promise.resolve(result).catch(() => {})
      return []
    }
    return (result.issues ?? []).map((issue) => ({ field: fieldOf(issue), message: String(issue.message) }))
  } catch {
    return []
  }
}

const knownFields = new WeakMap<object, Map<string, boolean>>()
/** Fields of one monitor whose answer is remembered: a job may return other names each time. */
const MAX_REMEMBERED = 200

/**
 * True if a field is part of the definition: in its schema, in a rule, or where there is no schema.
 *
 * A Standard Schema lists no fields, so it is asked: one that says something about a value that is no number knows the field.
 */
export function knowsField(definition: MonitorDefinition, field: string): boolean {
  if (!hasSchema(definition)) return true
  const known = knownFields.get(definition) ?? new Map<string, boolean>()
  knownFields.set(definition, known)
  const remembered = known.get(field)
  if (remembered !== undefined) return remembered
  const probe = Object.defineProperty({}, field, { value: {}, enumerable: true })
  const isKnown =
    (definition.rules ?? []).some((rule) => rule.field === field) ||
    metaIssues(definition, probe).some((issue) => issue.field === field)
  if (known.size < MAX_REMEMBERED) known.set(field, isKnown)
  return isKnown
}

function fieldOf({ path }: SchemaIssue): string | undefined {
  const first = path?.[0]
  const key = typeof first === 'object' ? first.key : first
  return key === undefined ? undefined : String(key)
}
