import * as z from 'zod/mini'
import { MAX_MONITOR_ID_LENGTH, MAX_SPAN_SECONDS, MAX_URL_LENGTH, MAX_WINDOW_RUNS } from '../limits.ts'
import { nearestName } from '../nearest-name.ts'
import { printableValue } from '../printable-value.ts'

// The message of every check here is what is accepted: the sentence around it is made in `problems-of.ts`.

const ID_ACCEPTED = `1 to ${MAX_MONITOR_ID_LENGTH} letters, digits, "_" or "-"`

export const idField: z.ZodMiniString<string> = z
  .string(ID_ACCEPTED)
  .check(z.regex(/^[A-Za-z0-9_-]+$/, ID_ACCEPTED), z.maxLength(MAX_MONITOR_ID_LENGTH, ID_ACCEPTED))

/** A text that is not blank. */
export function textField(maxLength: number): z.ZodMiniString<string> {
  const accepted = `a text of at most ${maxLength} characters, not a blank one`
  return z.string(accepted).check(z.regex(/\S/, accepted), z.maxLength(maxLength, accepted))
}

/** A number of seconds above 0, or from 0 where nothing is a span too. */
export function secondsField(from: 'above 0' | 'from 0'): z.ZodMiniNumber<number> {
  const accepted = `a number of seconds ${from}, at most ${MAX_SPAN_SECONDS} (366 days)`
  return z
    .number(accepted)
    .check(from === 'above 0' ? z.gt(0, accepted) : z.gte(0, accepted), z.lte(MAX_SPAN_SECONDS, accepted))
}

const RUNS_ACCEPTED = `a whole number of runs from 1 to ${MAX_WINDOW_RUNS}`

export const runsField: z.ZodMiniNumber<number> = z
  .int(RUNS_ACCEPTED)
  .check(z.gte(1, RUNS_ACCEPTED), z.lte(MAX_WINDOW_RUNS, RUNS_ACCEPTED))

const URL_ACCEPTED = `an http or https URL of at most ${MAX_URL_LENGTH} characters`

export const urlField: z.ZodMiniURL = z.url({ protocol: /^https?$/, error: URL_ACCEPTED }).check(
  z.maxLength(MAX_URL_LENGTH, URL_ACCEPTED),
  // Also a text such as "https:x" is a URL for its parser, and has a host.
  z.refine((text) => /^https?:\/\//i.test(text), { error: URL_ACCEPTED }),
)

/** The parameters of an object that has these fields and no others, called `what` in messages. */
export function fieldsParams(what: string, names: readonly string[]): z.core.TypeParams {
  return {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unknownFieldsText(issue['keys'] as readonly string[], what, names)
        : `an object of ${names.join(', ')}`,
  }
}

const MAX_UNKNOWN_NAMED = 5

function unknownFieldsText(unknown: readonly string[], what: string, names: readonly string[]): string {
  const named = unknown.slice(0, MAX_UNKNOWN_NAMED).map((name) => {
    const meant = nearestName(name, names)
    return printableValue(name) + (meant === undefined ? '' : ` (did you mean "${meant}"?)`)
  })
  const rest = unknown.length - named.length
  const all = named.join(', ') + (rest === 0 ? '' : ` and ${rest} more`)
  return `${all} ${unknown.length === 1 ? 'is not a field' : 'are not fields'} of ${what}; it has ${names.join(', ')}`
}
