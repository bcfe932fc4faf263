/** What one check of the doctor says. */
export interface Diagnosis {
  readonly about: string
  /** `problem`: a ping would not get through. */
  readonly level: 'ok' | 'warning' | 'problem'
  readonly says: string
  /** What to do; there is one wherever not all is well. */
  readonly fix?: string
}

/** Where pings go. */
export interface Destination {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}
