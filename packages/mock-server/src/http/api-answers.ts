import type { Context } from 'hono'

/** Statuses with which the API says no. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 413 | 500

/** The body of every refusal: one form for all. The service's own is not documented. [I] */
export function refusalBody(statusCode: RefusalStatus, message: string): object {
  return { success: false, error: { statusCode, message } }
}

export function refuse(
  context: Context,
  statusCode: RefusalStatus,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.json(refusalBody(statusCode, message), statusCode, { ...headers })
}

/** The body of every good answer. [D PINGHTTP] */
export function acceptedBody(data: object): object {
  return { success: true, data }
}
