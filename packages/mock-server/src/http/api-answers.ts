/** Statuses with which the API says no. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 413 | 429 | 500

/** An answer before it is written anywhere. */
export interface Answer {
  readonly statusCode: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
}

/** The body of every refusal: one form for all. The service's own is not documented. [I] */
export function refusalBody(statusCode: number, message: string): object {
  return { success: false, error: { statusCode, message } }
}

export function refusal(
  statusCode: RefusalStatus,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { statusCode, body: refusalBody(statusCode, message), headers }
}

/** A good answer. [D PINGHTTP] */
export function acceptance(data: object): Answer {
  return { statusCode: 200, body: { success: true, data } }
}
