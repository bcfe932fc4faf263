import { MAX_PINGS_PER_MINUTE, type PingKind } from '@crontify/protocol'

/**
 * Pings that are sent without waiting after a quiet time, at a limit of 120 a minute.
 *
 * A window of 60 s sees at most what the bucket held at its beginning and what flowed in since: 20 + 60 × 1.6 =
 * 116. That is below the limit whichever way the service counts: per calendar minute, sliding, or by a bucket.
 */
const BURST = 20
/** Tenths of a ping that flow in each second, at a limit of 120 a minute. */
const FULL_RATE_TENTHS = 16
/** The rate is halved at each refusal for lack of room, but not below this. Tenths per second. */
const LOWEST_RATE_TENTHS = 2
/** What the rate gains after each quiet span. Tenths per second. */
const RATE_STEP_TENTHS = 1
/** Milliseconds without such a refusal after which the rate rises by one step. */
const QUIET_MS = 10_000
/** Share of the bucket that must be left for a start: what is scarce is kept for ends, which matter more. */
const START_NEEDS_SHARE = 1 / 2

/** Drops that one ping takes. A drop is so small that rates at every limit are whole drops per millisecond. */
const DROPS_PER_PING: number = 10_000 * MAX_PINGS_PER_MINUTE

/**
 * How many pings may be sent with one API key just now. Instants are monotonic milliseconds.
 *
 * A courtesy, because other processes may share the key unseen: what holds the limit in the end is that the
 * service puts pings off, which lowers the rate here.
 */
export interface RateBucket {
  readonly ratePerMinute: number
  /** What is in it. All amounts are whole drops, because fractions do not add up exactly. */
  readonly drops: number
  readonly dropsPerMs: number
  /** When `drops` was true. */
  readonly at: number
  /** Since when nothing was put off and the rate did not rise. */
  readonly quietSince: number
}

/** What came of asking for a ping. */
export interface Take {
  readonly granted: boolean
  readonly bucket: RateBucket
}

/**
 * A full bucket.
 *
 * In any 60 s it grants at most 116 pings at 120 a minute, in general a thirtieth below the limit; below 6 a minute
 * at most the limit itself.
 *
 * @param ratePerMinute  The limit to keep, a whole number from 1 to 120. Processes that share a key may split it.
 */
export function createRateBucket(now: number, ratePerMinute: number = MAX_PINGS_PER_MINUTE): RateBucket {
  const at = Math.floor(now)
  return {
    ratePerMinute,
    drops: capacity(ratePerMinute),
    dropsPerMs: FULL_RATE_TENTHS * ratePerMinute,
    at,
    quietSince: at,
  }
}

/** Takes a ping out of the bucket if it may be sent now. A start needs half of the bucket left. */
export function take(bucket: RateBucket, now: number, kind: PingKind): Take {
  const filled = fill(bucket, Math.floor(now))
  if (filled.drops < needed(filled, kind)) return { granted: false, bucket: filled }
  return { granted: true, bucket: { ...filled, drops: filled.drops - DROPS_PER_PING } }
}

/** Milliseconds until {@link take} grants such a ping if no other one is taken before; 0 if it does so now. */
export function nextTakeInMs(bucket: RateBucket, now: number, kind: PingKind): number {
  const from = Math.floor(now)
  let filled = fill(bucket, from)
  const enough = needed(filled, kind)
  for (;;) {
    const readyAt = filled.at + Math.max(0, Math.ceil((enough - filled.drops) / filled.dropsPerMs))
    // A rate that rises on the way makes the rest of the way shorter.
    if (readyAt <= risesAt(filled)) return readyAt - from
    filled = fill(filled, risesAt(filled))
  }
}

/** The bucket after the service put a ping off for lack of room: it fills at half the rate. */
export function onPutOff(bucket: RateBucket, now: number): RateBucket {
  const filled = fill(bucket, Math.floor(now))
  const lowest = LOWEST_RATE_TENTHS * filled.ratePerMinute
  return { ...filled, dropsPerMs: Math.max(lowest, Math.floor(filled.dropsPerMs / 2)), quietSince: filled.at }
}

/** Never less than one ping, or nothing could ever be sent. */
function capacity(ratePerMinute: number): number {
  return Math.max(DROPS_PER_PING, (BURST * DROPS_PER_PING * ratePerMinute) / MAX_PINGS_PER_MINUTE)
}

function needed(bucket: RateBucket, kind: PingKind): number {
  return kind === 'start'
    ? Math.max(DROPS_PER_PING, capacity(bucket.ratePerMinute) * START_NEEDS_SHARE)
    : DROPS_PER_PING
}

/** When the rate rises next; never, once it is full again. */
function risesAt(bucket: RateBucket): number {
  return bucket.dropsPerMs < FULL_RATE_TENTHS * bucket.ratePerMinute ? bucket.quietSince + QUIET_MS : Infinity
}

/** The bucket at a later moment: each stretch between two rises flows at its own rate. */
function fill(bucket: RateBucket, now: number): RateBucket {
  let filled = bucket
  while (risesAt(filled) <= now) {
    const at = risesAt(filled)
    const raised = filled.dropsPerMs + RATE_STEP_TENTHS * filled.ratePerMinute
    const dropsPerMs = Math.min(FULL_RATE_TENTHS * filled.ratePerMinute, raised)
    filled = { ...flow(filled, at), dropsPerMs, quietSince: at }
  }
  return flow(filled, now)
}

function flow(bucket: RateBucket, until: number): RateBucket {
  if (until <= bucket.at) return bucket
  const drops = bucket.drops + (until - bucket.at) * bucket.dropsPerMs
  return { ...bucket, drops: Math.min(capacity(bucket.ratePerMinute), drops), at: until }
}
