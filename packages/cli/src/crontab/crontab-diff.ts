const CONTEXT = 3

/** A unified diff of two texts with equally many lines, of which some are replaced. Empty if they are equal. */
export function crontabDiff(name: string, before: string, after: string): string {
  const old = before.split('\n')
  const wrapped = after.split('\n')
  const changed = old.flatMap((line, index) => (line === wrapped[index] ? [] : [index]))
  if (changed.length === 0) return ''
  const hunks = rangesOf(changed, old.length).map(([from, to]) => {
    const isChanged = (index: number): boolean => old[index] !== wrapped[index]
    const lines: string[] = []
    for (let index = from; index < to; index++) {
      if (!isChanged(index)) {
        lines.push(` ${old[index] ?? ''}`)
        continue
      }
      // Neighbors together, as diff shows them.
      let end = index
      while (end < to && isChanged(end)) end++
      lines.push(...old.slice(index, end).map((line) => `-${line}`))
      lines.push(...wrapped.slice(index, end).map((line) => `+${line}`))
      index = end - 1
    }
    const length = to - from
    return `@@ -${from + 1},${length} +${from + 1},${length} @@\n${lines.join('\n')}\n`
  })
  return `--- ${name}\n+++ ${name} with crontify\n${hunks.join('')}`
}

/** Changed lines with their neighbors, where overlapping ones are one range. */
function rangesOf(changed: readonly number[], lineCount: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (const index of changed) {
    const from = Math.max(0, index - CONTEXT)
    const to = Math.min(lineCount, index + CONTEXT + 1)
    const last = ranges.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = to
    else ranges.push([from, to])
  }
  return ranges
}
