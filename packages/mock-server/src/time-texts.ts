/** An instant as text: ISO-8601, UTC, with milliseconds. */
export type IsoInstant = string

/**
 * A span: milliseconds, or a text of numbers with units `ms`, `s`, `m`, `h`, `d`, largest first: `'90s'`, `'1h30m'`.
 */
export type Duration = number | string
