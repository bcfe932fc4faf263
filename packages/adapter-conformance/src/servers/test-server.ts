/** A real server that a test has for itself. */
export interface TestServer {
  /** Where it listens: a loopback address with a password-less login. */
  readonly url: string
  readonly port: number
  /** Ends it and removes its files. May be called twice. */
  stop(): Promise<void>
}
