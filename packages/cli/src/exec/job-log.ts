/** Characters that the lines of both streams may have together; the service keeps 10,000 of a log. [D LOG] */
const ROOM = 9_000
const HEAD_SHARE = 0.15

/**
 * The lines of a fail ping's log. Each stream keeps its own order, standard error stands last; of long ones the
 * beginning and above all the end is kept, in whole lines, so that a noisy stream does not hide the other.
 */
export function jobLog(stdout: readonly string[], stderr: readonly string[]): readonly string[] {
  if (stdout.length === 0) return fitted(stderr, ROOM)
  if (stderr.length === 0) return fitted(stdout, ROOM)
  const lengths = { stdout: lengthOf(stdout), stderr: lengthOf(stderr) }
  const half = ROOM / 2
  return [
    'Standard output:',
    ...fitted(stdout, Math.max(half, ROOM - lengths.stderr)),
    '',
    'Standard error:',
    ...fitted(stderr, Math.max(half, ROOM - lengths.stdout)),
  ]
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
