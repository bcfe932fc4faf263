/** A beginning this long says what was meant: `grace` for `graceSeconds`. */
const MIN_BEGINNING_LENGTH = 4
/** Longer names are not compared letter by letter: nobody types them by mistake. */
const MAX_COMPARED_LENGTH = 64

/**
 * The known name that was probably meant by one that is not known; `undefined` where none is near.
 *
 * Near are names that are equal but for case, `_` and `-`, that begin with one another, or that differ in one letter of
 * four.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = bare(name)
  if (wanted === '' || wanted.length > MAX_COMPARED_LENGTH) return undefined
  const distances = known.map((candidate) => ({ candidate, distance: distanceOf(wanted, bare(candidate)) }))
  const nearest = distances.reduce<{ candidate?: string; distance: number }>(
    (best, next) => (next.distance < best.distance ? next : best),
    { distance: Math.max(1, Math.floor(wanted.length / 4)) + 1 },
  )
  return nearest.candidate
}

function distanceOf(wanted: string, offered: string): number {
  if (wanted === offered) return 0
  const shorter = Math.min(wanted.length, offered.length)
  if (shorter >= MIN_BEGINNING_LENGTH && (wanted.startsWith(offered) || offered.startsWith(wanted))) return 1
  return editDistance(wanted, offered)
}

/** Letters to insert, remove or replace to get from one text to the other (Wagner and Fischer). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1]
    for (const [left, other] of [...to].entries()) {
      const replaced = (row[left] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}
