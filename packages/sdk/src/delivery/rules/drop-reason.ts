/** Why a ping was given up. Stable words, for programs. */
export type DropReason =
  /** The service answered no. */
  | 'refused'
  /** The service refused the API key, a moment ago or just now. */
  | 'key-refused'
  /** The service does not know the monitor. */
  | 'monitor-unknown'
  /** Somebody else answered in the service's place. */
  | 'misrouted'
  /** A start that left, and nobody knows whether it arrived; a second one could overlap with the first. */
  | 'may-have-arrived'
  /** It could not be sent, in as many attempts as it was worth. */
  | 'unsent'
  /** The service asked for fewer pings, and ends go first. */
  | 'throttled'
  /** A start, while the service has been down for a while. */
  | 'service-down'
  /** It waited for longer than it was worth. */
  | 'too-old'
  /** Too many pings waited, and this one mattered least. */
  | 'queue-full'
  /** The client was closed. */
  | 'closed'
  /** The process ended. */
  | 'process-ended'

/** Why a ping was not needed. */
export type SkipReason =
  /** A start that was not sent before its run ended: the end tells more. */
  | 'covered-by-end'
  /** The end of a run that a newer run has superseded: it would close the newer one. */
  | 'superseded-run'
  /** A success without metadata behind a newer one of the same monitor. */
  | 'superseded-success'

const TEXTS: Readonly<Record<DropReason, string>> = {
  refused: 'the service refused it',
  'key-refused': 'the service has refused the API key, and is asked again once a minute',
  'monitor-unknown': 'the service does not know this monitor, and is asked again after ten minutes',
  misrouted: 'somebody else answers in the place of Crontify',
  'may-have-arrived': 'nobody knows whether it arrived, and a second start could overlap with the first',
  unsent: 'it could not be sent',
  throttled: 'the service asked for fewer pings, and the ends of runs go first',
  'service-down': 'the service has not been there for a while',
  'too-old': 'it could not be delivered while it still mattered',
  'queue-full': 'too many pings wait, and it mattered least',
  closed: 'the client was closed',
  'process-ended': 'the process ended before it could be delivered',
}

/** The reason in words that go on from "The start ping was dropped: ". */
export function dropText(reason: DropReason): string {
  return TEXTS[reason]
}
