import {
  MAX_ERROR_MESSAGE_LENGTH,
  MAX_LOG_OUTPUT_LENGTH,
  type Meta,
  type PingKind,
  cutText,
  readMeta,
} from '@crontify/protocol'
import type { IncomingPing } from '../monitor-registry.ts'

/** The body of a ping as it was understood, or why it was not. */
export type ReadPing =
  { readonly ok: true; readonly ping: IncomingPing } | { readonly ok: false; readonly message: string }

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads the text of a ping's body. A start has none, so whatever comes with it is ignored; so are unknown fields.
 *
 * An error message above 500 characters is cut (refusing it is as likely [?]), a log above 10,000 keeps its
 * head [D PINGHTTP, LOG].
 */
export function readPing(kind: PingKind, text: string): ReadPing {
  if (kind === 'start' || text === '') return { ok: true, ping: { kind } }
  const fields = parseObject(text)
  if (typeof fields === 'string') return { ok: false, message: fields }
  const problem =
    metaProblem(fields['meta']) ??
    (kind === 'fail' ? (textProblem(fields, 'errorMessage') ?? textProblem(fields, 'logOutput')) : undefined)
  if (problem !== undefined) return { ok: false, message: problem }
  const { errorMessage, logOutput } = fields
  return {
    ok: true,
    ping: {
      kind,
      ...(fields['meta'] === undefined ? {} : { meta: metaOf(fields['meta']) }),
      ...(kind === 'fail' && typeof errorMessage === 'string'
        ? { errorMessage: cutText(errorMessage, MAX_ERROR_MESSAGE_LENGTH) }
        : {}),
      ...(kind === 'fail' && typeof logOutput === 'string'
        ? { logOutput: cutText(logOutput, MAX_LOG_OUTPUT_LENGTH) }
        : {}),
    },
  }
}

function parseObject(text: string): Fields | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'The body is not JSON: send an object, or no body at all'
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : 'The body is not a JSON object: send an object, or no body at all'
}

function metaProblem(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return '"meta" is not an object: send names with finite numbers, such as { "records_processed": 12 }'
  }
  const [first] = readMeta(value).dropped
  if (first === undefined) return undefined
  return (
    `"meta" has an entry ${JSON.stringify(first.slice(0, 60))} that cannot be taken: every entry is a name ` +
    '(other than __proto__, constructor and prototype) with a finite number'
  )
}

function metaOf(value: unknown): Meta {
  return readMeta(value).meta
}

function textProblem(fields: Fields, name: 'errorMessage' | 'logOutput'): string | undefined {
  const value = fields[name]
  return value === undefined || typeof value === 'string' ? undefined : `"${name}" is not a string`
}
