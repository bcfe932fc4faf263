import { spanText } from '../parts/page-texts.ts'
import type { DurationPoint } from './duration-points.ts'

/** Runs at each end of the period; their median is compared, so that one odd run does not make a trend. */
const COMPARED_RUNS = 3
const LEAST_RUNS = 2 * COMPARED_RUNS
const PERIOD_MS = 30 * 86_400_000
const DAY_MS = 86_400_000
/** Less than this is not called slower or faster. */
const NOTABLE_FACTOR = 1.2

/**
 * How the latest successful runs compare with those of 30 days before, or with the oldest that are kept:
 * `10 times slower than 30 days ago: 50 min, then 5 min`. Pure.
 */
export function durationTrend(points: readonly DurationPoint[]): string {
  const good = points.filter(({ run }) => run.status === 'success')
  const last = good.at(-1)
  const period = good.filter(({ at }) => last !== undefined && at >= last.at - PERIOD_MS - DAY_MS)
  const [first] = period
  if (first === undefined || last === undefined || period.length < LEAST_RUNS)
    return `Too few successful runs for a trend: it needs ${LEAST_RUNS}.`
  const then = median(period.slice(0, COMPARED_RUNS))
  const now = median(period.slice(-COMPARED_RUNS))
  const ago = agoOf(last.at - first.at)
  const both = `${spanText(now)}, then ${spanText(then)}`
  if (then === now) return `As long as ${ago}: ${spanText(now)}.`
  const factor = then === 0 || now === 0 ? Infinity : Math.max(now / then, then / now)
  const word = now > then ? 'slower' : 'faster'
  if (factor === Infinity) return `${word === 'slower' ? 'Slower' : 'Faster'} than ${ago}: ${both}.`
  if (factor < NOTABLE_FACTOR) return `About as long as ${ago}: ${both}.`
  return `${factorText(factor)} times ${word} than ${ago}: ${both}.`
}

function median(points: readonly DurationPoint[]): number {
  const sorted = points.map(({ ms }) => ms).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function factorText(factor: number): string {
  return String(factor < 10 ? Math.round(factor * 10) / 10 : Math.round(factor))
}

function agoOf(ms: number): string {
  const days = Math.round(ms / DAY_MS)
  return days >= 2 ? `${days} days ago` : `${spanText(ms)} ago`
}
