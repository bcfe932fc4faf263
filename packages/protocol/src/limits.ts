/** Longest error message of a fail ping, in UTF-16 code units. [D PINGHTTP] */
export const MAX_ERROR_MESSAGE_LENGTH = 500

/** Longest log of a fail ping, in UTF-16 code units. The service keeps the head and drops the rest. [D PINGHTTP, LOG] */
export const MAX_LOG_OUTPUT_LENGTH = 10_000

/** How much of a log an alert shows, from its head, in UTF-16 code units. [D CHAN] */
export const LOG_SNIPPET_LENGTH = 500

/** Most alert rules of one monitor. [D RULES, MON] */
export const MAX_RULES_PER_MONITOR = 5

/** Longest metadata field that a rule can name, in characters. [D RULES] */
export const MAX_RULE_FIELD_LENGTH = 50

/** Pings that one API key may send in a minute; a run takes two. [D KEYS] */
export const MAX_PINGS_PER_MINUTE = 120

/** Milliseconds that one ping may take before it counts as timed out. [D API] */
export const DEFAULT_TIMEOUT_MS = 10_000

/** Seconds of silence tolerated past the expected instant, where a monitor sets none. [D MON] */
export const DEFAULT_GRACE_SECONDS = 300

/** Milliseconds between two looks of the service for missed and hung runs. [D MON] */
export const SWEEP_EVERY_MS = 60_000

/** A run is hung after this many grace periods without an end. [D RUNS] */
export const HUNG_GRACE_MULTIPLIER = 2

/** Longest monitor id that the SDK sends, in characters. The service documents no bound. [I] */
export const MAX_MONITOR_ID_LENGTH = 128

/** Longest span that a definition can name, in seconds: 366 days. [I] */
export const MAX_SPAN_SECONDS: number = 366 * 86_400

/** Longest name of a monitor or a channel, in UTF-16 code units. [I] */
export const MAX_NAME_LENGTH = 200

/** Longest cron expression, in UTF-16 code units. [I] */
export const MAX_SCHEDULE_LENGTH = 200

/** Most channels of one monitor. The service allows any number [D CHAN]; this bounds memory. [I] */
export const MAX_CHANNELS_PER_MONITOR = 50

/** Most tags of one monitor. [I] */
export const MAX_TAGS_PER_MONITOR = 20

/** Longest tag, in UTF-16 code units. [I] */
export const MAX_TAG_LENGTH = 50

/** Longest URL in a definition, in UTF-16 code units. [I] */
export const MAX_URL_LENGTH = 2_000

/** Longest description, and longest command that runs a job again, in UTF-16 code units. [I] */
export const MAX_TEXT_LENGTH = 2_000

/** Most runs that are looked back at, for slow runs and failure rates. [I] */
export const MAX_WINDOW_RUNS = 1_000
