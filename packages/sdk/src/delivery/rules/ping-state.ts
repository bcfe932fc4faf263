/**
 * What became of a ping: the terms of `stats()`. With the outcome of an attempt (`http/outcome.ts`) and a reason, this is the
 * one vocabulary from the socket to the caller; every narrower union derives from it.
 */
export type PingState = 'pending' | 'delivered' | 'skipped' | 'dropped' | 'spooled'

/** Why a ping was dropped. Stable words, for programs. */
export type DropReason = keyof typeof DROP_TEXTS

/** Why a ping was not needed. Stable words, for programs. */
export type SkipReason =
  /** A start that was not sent before its run ended: the end says more. */
  | 'covered-by-end'
  /** The end of a run while another run of the monitor is open: it would close that one. */
  | 'superseded'
  /** A success without metadata, with a newer one of the same monitor behind it. */
  | 'newer-success'
  /** The client is switched off. */
  | 'disabled'

const DROP_TEXTS = {
  /** The service answered no. */
  refused: 'the service refused it',
  /** The service refused the API key, a moment ago or just now. */
  'key-refused': 'the service refused the API key; it is tried again once a minute',
  /** The service does not know the monitor. */
  'monitor-unknown': 'the service does not know this monitor; it is tried again after ten minutes',
  /** Another server answered. */
  misrouted: 'another server answered in place of Crontify',
  /** A start that left and may have arrived: a second one could overlap with the first. */
  'may-have-arrived': 'it may have arrived, and a second start could overlap with the first',
  /** It could not be sent in as many attempts as it is worth. */
  'retries-exhausted': 'it could not be sent',
  /** A start, after the service asked for fewer pings. */
  'rate-limited': 'the service asked for fewer pings, and the ends of runs go first',
  /** A start, while the service has been down for a while. */
  'service-down': 'the service has been unreachable for a while',
  /** It waited too long. */
  'too-old': 'it could not be delivered while it still mattered',
  /** Too many pings were waiting, and this one mattered least. */
  'queue-full': 'too many pings are waiting, and it mattered least',
  /** The client was closed. */
  closed: 'the client was closed',
  /** The SDK could not read its own files. */
  'not-loaded': "the SDK's own files could not be read",
  /** The process ended. */
  'process-ended': 'the process ended before it could be delivered',
} as const

/** The reason in words that continue "The start ping was dropped: ". */
export function dropText(reason: DropReason): string {
  return DROP_TEXTS[reason]
}
