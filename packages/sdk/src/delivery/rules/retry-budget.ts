/** Credit that a retry costs. Counted in whole numbers, because fifths do not add up exactly. */
const RETRY_COST = 5
/** Credit that a ping taken at its first attempt earns: five of them pay for one retry, so at most a fifth is added. */
const FIRST_TRY_EARNS = 1
/** Most credit: ten retries at once, enough for a short outage and too few for a storm. */
const MAX_CREDIT: number = 10 * RETRY_COST

/**
 * How much retrying a client may still do.
 *
 * When the service is down for everybody, retries of everybody are what keeps it down. Retries are therefore paid
 * for by pings that went well.
 */
export interface RetryBudget {
  readonly credit: number
}

/** A full budget: ten retries. */
export function createRetryBudget(): RetryBudget {
  return { credit: MAX_CREDIT }
}

/** True if a retry can be paid for. */
export function mayRetry(budget: RetryBudget): boolean {
  return budget.credit >= RETRY_COST
}

/** The budget after a retry was sent. */
export function afterRetry(budget: RetryBudget): RetryBudget {
  return { credit: Math.max(0, budget.credit - RETRY_COST) }
}

/** The budget after a ping was taken at its first attempt. */
export function afterFirstTrySuccess(budget: RetryBudget): RetryBudget {
  return { credit: Math.min(MAX_CREDIT, budget.credit + FIRST_TRY_EARNS) }
}
