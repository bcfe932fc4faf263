/** Neighbouring buckets differ by 2 %, so a quantile is at most 1 % off. */
const RATIO = 1.02

/** How long many jobs took, in little memory: some 1,200 counters from a millisecond to a year. */
export interface DurationSketch {
  /** Milliseconds; what is below 0 counts as 0. */
  add(durationMs: number): void
  /** Milliseconds that this share of the jobs did not exceed, within 1 %; `undefined` without any job. */
  quantile(share: number): number | undefined
  /** Exactly; `undefined` without any job. */
  longestMs(): number | undefined
}

export function createDurationSketch(): DurationSketch {
  const buckets = new Map<number, number>()
  let count = 0
  let longest: number | undefined
  return {
    add: (durationMs) => {
      const index = durationMs < 1 ? -1 : Math.floor(Math.log(durationMs) / Math.log(RATIO))
      buckets.set(index, (buckets.get(index) ?? 0) + 1)
      count++
      longest = Math.max(longest ?? 0, durationMs)
    },
    quantile: (share) => {
      if (longest === undefined) return undefined
      // The nearest rank: the smallest duration that this share of all does not exceed.
      let left = Math.max(1, Math.ceil(share * count))
      for (const index of [...buckets.keys()].sort((a, b) => a - b)) {
        left -= buckets.get(index) ?? 0
        if (left <= 0) return index < 0 ? 0 : Math.min(longest, middleOf(index))
      }
      return longest
    },
    longestMs: () => longest,
  }
}

/** As far, in proportion, from the lower bound of a bucket as from its upper one. */
function middleOf(index: number): number {
  return RATIO ** (index + 0.5)
}
