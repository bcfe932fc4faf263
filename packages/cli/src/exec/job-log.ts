import { LOG_SNIPPET_LENGTH } from '@crontify/protocol'
import { causeLines } from './cause-lines.ts'
import type { OutputLines } from './follow-output.ts'

/** Characters for the lines of both streams together; the service keeps 10,000 of a log. [D LOG] */
const ROOM = 9_000
const HEAD_SHARE = 0.15
/** Characters of the excerpt that its headings do not need. */
const EXCERPT_ROOM = LOG_SNIPPET_LENGTH - 80

/**
 * The lines of a fail ping's log.
 *
 * Alerts show its first 500 characters, so these hold the last lines of both streams, standard error first. Then comes the
 * output of each stream: of a long one the beginning and above all the end, in whole lines.
 */
export function jobLog({ stdout, stderr }: OutputLines): readonly string[] {
  const streams = [
    { name: 'standard error', lines: stderr },
    { name: 'standard output', lines: stdout },
  ].filter(({ lines }) => lines.length > 0)
  const isSingle = streams.length === 1
  const total = streams.reduce((sum, { lines }) => sum + lengthOf(lines), 0)
  const whole = streams.flatMap(({ name, lines }, index) => {
    const others = total - lengthOf(lines)
    const shown = fitted(lines, Math.max(ROOM / streams.length, ROOM - others))
    return isSingle ? shown : [...(index === 0 ? [] : ['']), `Output on ${name}:`, ...shown]
  })
  if (total <= EXCERPT_ROOM) return whole
  const excerpt = streams.flatMap(({ name, lines }) => [
    isSingle ? 'Last lines:' : `Last lines of ${name}:`,
    ...causeLines(lines, EXCERPT_ROOM / streams.length),
  ])
  return [...excerpt, '', ...(isSingle ? ['Output:'] : []), ...whole]
}

function fitted(lines: readonly string[], room: number): readonly string[] {
  if (lengthOf(lines) <= room) return lines
  const first = countWithin(lines, room * HEAD_SHARE)
  const rest = lines.slice(first)
  const last = Math.max(1, countWithin(rest.toReversed(), room * (1 - HEAD_SHARE)))
  const leftOut = rest.length - last
  return leftOut <= 0
    ? lines
    : [...lines.slice(0, first), `… ${leftOut} lines left out …`, ...rest.slice(-last)]
}

function countWithin(lines: readonly string[], room: number): number {
  let used = 0
  const over = lines.findIndex((line) => (used += line.length + 1) > room)
  return over === -1 ? lines.length : over
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}
