import type * as z from 'zod/mini'
import { printableValue } from '../printable-value.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** More sentences than this help nobody, and a hostile list could make millions. */
const MAX_PROBLEMS = 20
/** Deeper than any definition goes. */
const MAX_DEPTH = 6
/** Fields whose values are secrets: they are described, not shown. */
const SECRET_FIELDS: readonly PropertyKey[] = ['url', 'routingKey']

/**
 * What a schema has against a value, one sentence each; none means that it can be used. A field that is `undefined` counts
 * as left out. Never throws, whatever the value does when it is read.
 *
 * @param what  What the value should be, at the beginning of a sentence: `A monitor definition`.
 */
export function problemsOf(schema: z.ZodMiniType, value: unknown, what: string): readonly string[] {
  let given: unknown
  let issues: readonly Issue[]
  try {
    given = withoutUndefined(value, MAX_DEPTH)
    issues = schema.safeParse(given).error?.issues ?? []
  } catch {
    return [`${what} must be plain data, got a value that throws when it is read`]
  }
  const sentences = issues.flatMap((issue) => sentencesOf(issue, [], given, what))
  // A field that fails two checks is told once: both name all that is accepted.
  const problems = [...new Set(sentences)]
  return problems.length <= MAX_PROBLEMS
    ? problems
    : [...problems.slice(0, MAX_PROBLEMS), `and ${problems.length - MAX_PROBLEMS} more problems`]
}

function sentencesOf(issue: Issue, above: Path, given: unknown, what: string): readonly string[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') return [within(path, issue.message)]
  if (issue.code === 'invalid_union') {
    // Of several forms, the one is meant that is at least of the right type.
    const meant = issue.errors.find((errors) =>
      errors.every((inner) => inner.code === 'unrecognized_keys' || inner.path.length > 0),
    )
    if (meant !== undefined) return meant.flatMap((inner) => sentencesOf(inner, path, given, what))
  }
  if (path.length === 0) return [`${what} must be ${issue.message}, got ${printableValue(given)}`]
  const value = valueAt(given, path)
  const found = value === undefined ? 'nothing' : shown(path, value)
  return [`"${pathText(path)}" must be ${issue.message}, got ${found}`]
}

function within(path: Path, message: string): string {
  return path.length === 0 ? message : `in "${pathText(path)}": ${message}`
}

function shown(path: Path, value: unknown): string {
  const isSecret = typeof value === 'string' && SECRET_FIELDS.includes(path.at(-1) ?? '')
  return isSecret ? `a text of ${value.length} characters that is not shown` : printableValue(value)
}

function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

function valueAt(given: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (Reflect.get(value, part) as unknown) : undefined,
    given,
  )
}

function withoutUndefined(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === 0) return value
  if (Array.isArray(value)) return value.map((entry) => withoutUndefined(entry, depth - 1))
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(entries.map(([name, entry]) => [name, withoutUndefined(entry, depth - 1)]))
}
