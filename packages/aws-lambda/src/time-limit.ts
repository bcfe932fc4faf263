import { attempt, nameOf, warn } from '@crontify/sdk/adapter'
import type { LambdaContext } from './lambda-types.ts'

const DEFAULT_MARGIN_MS = 500
/** Longest time limit of a function, in milliseconds: 15 minutes. */
const LONGEST_LIMIT_MS = 900_000
/** A timer that is set for longer fires at once. A test may say any number. */
const MOST_TIMER_MS = 2_147_483_647

/** Milliseconds until Lambda ends the invocation; `undefined` where nothing says so, or nothing that can be true. */
export function remainingMs(context: LambdaContext | undefined): number | undefined {
  const left = attempt(() => context?.getRemainingTimeInMillis?.(), undefined)
  return typeof left === 'number' && left <= MOST_TIMER_MS ? left : undefined
}

/**
 * Reads `marginMs`: the returned function says after how many milliseconds a run is reported, `undefined` for never.
 *
 * A margin that leaves the handler no time would fail each run at its start: then half of the time is used, with one warning.
 */
export function createDeadline(given: unknown): (context: LambdaContext | undefined) => number | undefined {
  const marginMs = readMargin(given)
  let hasWarned = false
  return (context) => {
    const leftMs = remainingMs(context)
    if (leftMs === undefined || leftMs <= 0) return undefined
    if (marginMs < leftMs) return leftMs - marginMs
    if (!hasWarned) {
      warn(
        `marginMs of monitorLambda must be below the time limit of the function, got ${marginMs} with ${leftMs} ms left. Half of the time left is used.`,
      )
    }
    hasWarned = true
    return leftMs / 2
  }
}

function readMargin(given: unknown): number {
  if (given === undefined) return DEFAULT_MARGIN_MS
  if (typeof given === 'number' && given >= 0 && given <= LONGEST_LIMIT_MS) return given
  warn(
    `marginMs of monitorLambda must be a number from 0 to ${LONGEST_LIMIT_MS} (milliseconds), got ${typeof given === 'number' ? given : nameOf(given)}. The default of ${DEFAULT_MARGIN_MS} is used.`,
  )
  return DEFAULT_MARGIN_MS
}
