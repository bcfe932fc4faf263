import type { z } from 'zod'

/** Enough to recognise a value by, and still a line. */
const MAX_VALUE_LENGTH = 80

/** What is wrong with a value, one sentence each: field, value, what is accepted. Empty where nothing is. */
export function schemaProblems(schema: z.ZodType, value: unknown): readonly string[] {
  const read = schema.safeParse(value)
  return read.success ? [] : read.error.issues.map((issue) => sentence(issue, value))
}

function sentence(issue: z.core.$ZodIssue, root: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length === 0 ? '' : ` of ${quoted(fieldName(issue.path))}`
    return `${issue.keys.map(quoted).join(', ')} is no field${where} that is known here`
  }
  const given = valueAt(root, issue.path)
  const accepted = issue.message.charAt(0).toLowerCase() + issue.message.slice(1)
  const field = issue.path.length === 0 ? 'The whole' : quoted(fieldName(issue.path))
  return given === undefined
    ? `${field} is missing: ${accepted}`
    : `${field} is ${printed(given)}: ${accepted}`
}

/** A path as it would be written in code: `monitors[2].schedule`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
    )
    .join('')
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Readonly<Record<PropertyKey, unknown>>)[step]
        : undefined,
    root,
  )
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, MAX_VALUE_LENGTH))
}

function printed(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value)
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text
}
