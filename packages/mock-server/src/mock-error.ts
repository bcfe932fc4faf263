/** Why the mock server refuses what its user asks for, and the HTTP status with which its control API says so. */
const STATUS = {
  /** Options, definitions, faults or durations that cannot be used. */
  ERR_INVALID: 400,
  /** A monitor or channel that does not exist. */
  ERR_NOT_FOUND: 404,
  /** Something that this clock cannot do. */
  ERR_CLOCK: 409,
  /** After `close()`. */
  ERR_CLOSED: 410,
} as const

export type CrontifyMockErrorCode = keyof typeof STATUS

/**
 * What a mock server throws when it is used wrongly: the message says what must be and what was given.
 *
 * A `RangeError` for programs that catch those.
 */
export class CrontifyMockError extends RangeError {
  override readonly name = 'CrontifyMockError'
  readonly code: CrontifyMockErrorCode
  /** What the control API answers: 400, 404, 409 or 410. */
  readonly status: number

  constructor(code: CrontifyMockErrorCode, message: string) {
    super(message)
    this.code = code
    this.status = STATUS[code]
  }
}
