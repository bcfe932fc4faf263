/** The result of one check. */
export interface Diagnosis {
  readonly about: string
  /** `problem`: a ping would not get through. */
  readonly level: 'ok' | 'warning' | 'problem'
  readonly says: string
  /** What to do; present unless the level is ok. */
  readonly fix?: string
}

/** Where pings go. */
export interface Destination {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}
