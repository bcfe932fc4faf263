import { cutText } from '@crontify/protocol'

const LOOKS_LIKE_ERROR =
  /error\b|exception\b|\b(?:fatal|traceback|panic|failed|failure|denied|cannot|can't|unable|no such|not found|refused)\b/i

/**
 * The last lines of a stream that fit into so many characters.
 *
 * If none of them looks like an error and an earlier line does, that line comes first: a program that buffers its output
 * writes it after the error that ended it.
 */
export function causeLines(lines: readonly string[], room: number): readonly string[] {
  const last = lastWithin(lines, room)
  const earlier = lines.slice(0, lines.length - last.length)
  if (last.some((line) => LOOKS_LIKE_ERROR.test(line))) return last
  const error = earlier.findLast((line) => LOOKS_LIKE_ERROR.test(line))
  if (error === undefined) return last
  const shown = cutText(error, Math.floor(room / 2))
  return [shown, ...lastWithin(lines, room - shown.length - 1)]
}

/** At least the last line, cut if it is longer. */
function lastWithin(lines: readonly string[], room: number): readonly string[] {
  let used = 0
  const over = lines.findLastIndex((line) => (used += line.length + 1) > room)
  if (over < lines.length - 1) return lines.slice(over + 1)
  const last = lines.at(-1)
  return last === undefined ? [] : [cutText(last, room)]
}
