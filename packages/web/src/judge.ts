import { httpFailure } from '@crontify/sdk/adapter'

/** How a handler's call ended. */
export type Ending =
  | { readonly type: 'returned'; readonly value: unknown }
  | { readonly type: 'threw'; readonly thrown: unknown }

/** Why a run failed: what its fail ping says. */
export interface Failure {
  readonly thrown: unknown
}

const NEXT_HTTP_ERROR = /^NEXT_HTTP_ERROR_FALLBACK;(\d{3})$/
const NEXT_SIGNAL = /^(NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_TO_CLIENT_SIDE_RENDERING|HANGING_PROMISE_REJECTION)/
const NOT_FOUND = 404

/**
 * Why a call failed, or `undefined` where it succeeded. Pure.
 *
 * @param text  The start of the response's body, where it is text.
 */
export function failureOf(
  ending: Ending,
  failOn: (status: number) => boolean,
  text?: string,
): Failure | undefined {
  const status = statusOf(ending)
  if (status !== undefined) return failOn(status) ? { thrown: reasonOf(ending, status, text) } : undefined
  if (ending.type === 'returned' || isControlFlow(ending.thrown)) return undefined
  return { thrown: ending.thrown }
}

/** The response that a call ended with. Remix and React Router also take one that is thrown. */
export function responseOf(ending: Ending): Response | undefined {
  const answer = ending.type === 'returned' ? ending.value : ending.thrown
  return isResponse(answer) ? answer : undefined
}

function statusOf(ending: Ending): number | undefined {
  const response = responseOf(ending)
  if (response !== undefined) return response.status
  if (ending.type === 'threw') return statusOfThrown(ending.thrown)
  // `data(value, { status })` of React Router.
  return read(ending.value, 'type') === 'DataWithResponseInit'
    ? numberOf(read(read(ending.value, 'init'), 'status'))
    : undefined
}

/**
 * The status that a framework makes of what was thrown: `forbidden()` and `unauthorized()` of Next.js, `error(status)` and
 * `redirect(status)` of SvelteKit, `HTTPException` of Hono. Errors of other libraries have a `status` too, of an answer that they got;
 * those are instances of `Error`, and what SvelteKit throws is not.
 */
function statusOfThrown(thrown: unknown): number | undefined {
  const next = NEXT_HTTP_ERROR.exec(digestOf(thrown) ?? '')?.[1]
  // `notFound()` is how a handler says that there is nothing to do.
  if (next !== undefined) return Number(next) === NOT_FOUND ? undefined : Number(next)
  const isOfSvelteKit =
    !(thrown instanceof Error) &&
    (typeof read(thrown, 'location') === 'string' ||
      typeof read(read(thrown, 'body'), 'message') === 'string')
  return isOfSvelteKit || typeof read(thrown, 'getResponse') === 'function'
    ? numberOf(read(thrown, 'status'))
    : undefined
}

function isResponse(value: unknown): value is Response {
  // Not by its class: frameworks and polyfills have their own.
  return (
    typeof read(value, 'status') === 'number' &&
    typeof read(value, 'clone') === 'function' &&
    typeof read(read(value, 'headers'), 'get') === 'function'
  )
}

/** `redirect()` and `notFound()` of Next.js, and its own signals while it renders, all have a `digest`. */
function isControlFlow(thrown: unknown): boolean {
  return NEXT_SIGNAL.test(digestOf(thrown) ?? '')
}

/** What the fail ping says: the error of the handler, where there is one. */
function reasonOf(ending: Ending, status: number, text: string | undefined): unknown {
  if (responseOf(ending) !== undefined || ending.type === 'returned') return httpFailure(status, text)
  const { thrown } = ending
  if (thrown instanceof Error && digestOf(thrown) === undefined) return thrown
  const message = read(read(thrown, 'body'), 'message')
  return httpFailure(status, typeof message === 'string' ? message : undefined)
}

function digestOf(thrown: unknown): string | undefined {
  const digest = read(thrown, 'digest')
  return typeof digest === 'string' ? digest : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function read(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined
  try {
    return Reflect.get(holder, name)
  } catch {
    return undefined
  }
}
