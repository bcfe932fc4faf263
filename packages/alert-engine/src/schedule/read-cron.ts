import { nearestName, printableValue } from '@crontify/protocol'
import { Cron } from 'croner'

interface FieldKind {
  readonly name: string
  readonly takes: string
}

const FIELDS: readonly FieldKind[] = [
  { name: 'second', takes: '0 to 59' },
  { name: 'minute', takes: '0 to 59' },
  { name: 'hour', takes: '0 to 23' },
  { name: 'day of month', takes: '1 to 31 or L' },
  { name: 'month', takes: '1 to 12 or JAN to DEC' },
  { name: 'day of week', takes: '0 to 7 or SUN to SAT' },
]
const NICKNAMES: readonly string[] = [
  '@hourly',
  '@daily',
  '@midnight',
  '@weekly',
  '@monthly',
  '@yearly',
  '@annually',
]

/**
 * Reads a cron expression in a time zone, which must exist.
 *
 * @throws {RangeError} when the expression cannot be read, naming the field that is wrong and what it takes.
 */
export function readCron(expression: string, timezone: string): Cron {
  const trimmed = expression.trim()
  // croner also takes dates and seven fields, which no cron daemon does.
  const parts = trimmed.split(/\s+/)
  if (trimmed.startsWith('@')) {
    if (!NICKNAMES.includes(trimmed.toLowerCase())) throw refusal(expression, nicknameProblem(trimmed))
  } else if (parts.length !== 5 && parts.length !== 6) {
    throw refusal(
      expression,
      `it has ${parts.length === 1 ? 'one field' : `${parts.length} fields`}, not five or six fields`,
    )
  }
  try {
    return new Cron(trimmed.toLowerCase() === '@midnight' ? '@daily' : trimmed, {
      timezone,
      paused: true,
      mode: '5-or-6-parts',
    })
  } catch (error) {
    throw refusal(expression, fieldProblem(parts) ?? reasonOf(error))
  }
}

function nicknameProblem(nickname: string): string {
  const meant = nearestName(nickname, NICKNAMES)
  const hint = meant === undefined ? '' : `, did you mean "${meant}"`
  return `${printableValue(nickname)} is no nickname${hint}; there are ${NICKNAMES.join(', ')}`
}

/** The first field that cannot be read even where all others are stars. */
function fieldProblem(parts: readonly string[]): string | undefined {
  const kinds = FIELDS.slice(-parts.length)
  for (const [index, part] of parts.entries()) {
    const kind = kinds[index]
    const alone = parts.map((_, other) => (other === index ? part : '*')).join(' ')
    if (kind === undefined || isReadable(alone)) continue
    const where = `field ${index + 1} of ${parts.length}`
    return `${where}, the ${kind.name}, is ${printableValue(part)}; it takes ${kind.takes}, *, lists, ranges and steps`
  }
  return undefined
}

function isReadable(expression: string): boolean {
  try {
    new Cron(expression, { paused: true, mode: '5-or-6-parts' })
    return true
  } catch {
    return false
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error)
}

function refusal(expression: string, reason: string): RangeError {
  return new RangeError(
    `"schedule" is not a cron expression: ${printableValue(expression)} (${reason}). Accepted are five fields ` +
      '(minute, hour, day of month, month, day of week), six with seconds in front, or a nickname such as "@daily"',
  )
}
