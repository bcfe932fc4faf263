/** Stable words for programs; the message is for people. */
export type CrontifyErrorCode =
  | 'ERR_API_REFUSED'
  | 'ERR_TIMED_OUT'
  | 'ERR_UNREACHABLE'
  | 'ERR_CLOSED'
  | 'ERR_DEFINITION'
  | 'ERR_RECORDS_FAILED'
  | ConfigErrorCode

/** What about the configuration is wrong. */
export type ConfigErrorCode =
  | 'ERR_OPTIONS'
  | 'ERR_API_KEY_MISSING'
  | 'ERR_API_KEY_FORMAT'
  | 'ERR_MONITOR_ID'
  | 'ERR_BASE_URL'
  | 'ERR_OPTION_RANGE'
  | 'ERR_OPTION_TYPE'
  | 'ERR_LOGGER'
  | 'ERR_REDACT'
  | 'ERR_PROXY'

/**
 * Every error of this SDK. None of them holds the API key, a request or a response.
 *
 * `instanceof` is false across two copies of the SDK (ESM and CommonJS, or two versions): use
 * {@link isCrontifyError}.
 */
export abstract class CrontifyError extends Error {
  abstract readonly code: CrontifyErrorCode

  /** Marks an error of any copy of this SDK. */
  get isCrontifyError(): true {
    return true
  }
}

/** The service answered, and the answer was not yes. [D ERR] */
export class CrontifyApiError extends CrontifyError {
  override readonly name = 'CrontifyApiError'
  readonly code = 'ERR_API_REFUSED'
  /** HTTP status of the answer; below 400 for an answer that did not come from Crontify. */
  readonly statusCode: number

  constructor(message: string, statusCode: number) {
    super(message)
    this.statusCode = statusCode
  }
}

/** No answer within the time given. Whether the service took the ping is not known. [D ERR] */
export class CrontifyTimeoutError extends CrontifyError {
  override readonly name = 'CrontifyTimeoutError'
  readonly code = 'ERR_TIMED_OUT'
}

/** The service could not be reached. `cause` holds the system's code and text, nothing else. [D ERR] */
export class CrontifyNetworkError extends CrontifyError {
  override readonly name = 'CrontifyNetworkError'
  readonly code = 'ERR_UNREACHABLE'
}

/** The client was closed. Thrown only with `silent: false`. [I] */
export class CrontifyClosedError extends CrontifyError {
  override readonly name = 'CrontifyClosedError'
  readonly code = 'ERR_CLOSED'
}

/** The client was built with something that it cannot work with. Thrown only with `silent: false`. [I] */
export class CrontifyConfigError extends CrontifyError {
  override readonly name = 'CrontifyConfigError'
  readonly code: ConfigErrorCode

  constructor(message: string, code: ConfigErrorCode) {
    super(message)
    this.code = code
  }
}

/** A monitor's definition is wrong. Thrown by `defineMonitor`, always. [I] */
export class CrontifyDefinitionError extends CrontifyError {
  override readonly name = 'CrontifyDefinitionError'
  readonly code = 'ERR_DEFINITION'
}

/** So many records failed in `run.each` that the run fails. [I] */
export class CrontifyEachError extends CrontifyError {
  override readonly name = 'CrontifyEachError'
  readonly code = 'ERR_RECORDS_FAILED'
  /** The first 10 errors. */
  readonly errors: readonly unknown[]

  constructor(message: string, errors: readonly unknown[]) {
    super(message)
    this.errors = errors
  }
}

/**
 * True for an error of any copy of this SDK, also one that was bundled or installed twice.
 *
 * @example
 * import { CrontifyMonitor, isCrontifyError } from '@crontify/sdk'
 *
 * const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup', silent: false })
 * try {
 *   await monitor.start()
 * } catch (error) {
 *   if (isCrontifyError(error)) console.error(error.code)
 * }
 */
export function isCrontifyError(value: unknown): value is CrontifyError {
  return value instanceof Error && 'isCrontifyError' in value && value.isCrontifyError === true
}
