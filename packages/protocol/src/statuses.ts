/** What the service says of a monitor. [D MON] */
export type MonitorStatus = 'waiting' | 'active' | 'failing' | 'paused'

/** What the service says of a run. [D RUNS] */
export type RunStatus = 'running' | 'success' | 'failed' | 'missed' | 'hung' | 'overlapped'

/** Alert types that the documents name. [D CHAN, RULES, RUNS] */
export type DocumentedAlertType = 'failure' | 'missed' | 'silent_failure' | 'slow'

/**
 * Alert types that follow from documented run statuses, or that a monitor needs: their names are ours. [I]
 */
export type InferredAlertType = 'hung' | 'overlapped' | 'recovery' | 'failure_rate' | 'test'

/** What an alert is about. The service has not closed this list, so neither does the type. */
export type AlertType = DocumentedAlertType | InferredAlertType | (string & {})

/** How urgent an alert is. `critical` is documented for failure and missed [D CHAN]; the rest is ours. [I] */
export type Severity = 'critical' | 'warning' | 'info'
