import { httpFailure } from '../http-failure.ts'

/** What is used of the response of Node's `http`, which frameworks hand out. */
export interface RouteResponse {
  readonly statusCode: number
  readonly writableFinished: boolean
  readonly destroyed: boolean
  /** Of HTTP/2. */
  readonly stream?: { readonly rstCode?: number | undefined } | undefined
  once(event: 'close', listener: () => void): unknown
}

/** How the connection of a request has ended. */
export interface Delivery {
  /** Whether the response had been handed to the system whole: what a status means depends on it. */
  readonly wasDelivered: boolean
  readonly status: number
}

/** Resolves when the response is closed, whether it was delivered or the caller has gone. */
export function whenClosed(response: RouteResponse): Promise<Delivery> {
  return new Promise((resolve) => {
    // Asked at this moment: what is written to a dead connection later counts as finished too.
    const settle = (): void =>
      resolve({
        // HTTP/2 calls a response finished too whose caller has gone.
        wasDelivered: response.writableFinished && !response.stream?.rstCode,
        status: response.statusCode,
      })
    // A caller that had gone before the handler was reached: no event comes any more.
    if (response.destroyed) settle()
    else response.once('close', settle)
  })
}

/** What is known once the handler has settled and the response is closed. */
export interface RouteEnd extends Delivery {
  /** What was thrown, or handed over as an error. */
  readonly error: { readonly thrown: unknown } | undefined
  /** Whether the handler gave a promise, which says by itself when the work is done. */
  readonly gavePromise: boolean
}

/** How a call of a route is judged. */
export interface RouteVerdictOptions {
  readonly failOn: (status: number) => boolean
  readonly onDisconnect: 'ignore' | 'fail'
}

/** Why a call has failed, or `undefined` if it went well. Pure. */
export function failureOf(end: RouteEnd, { failOn, onDisconnect }: RouteVerdictOptions): RouteEnd['error'] {
  if (end.error !== undefined) return end.error
  if (end.wasDelivered) return failOn(end.status) ? { thrown: httpFailure(end.status) } : undefined
  const isWorkDone = end.gavePromise && onDisconnect === 'ignore'
  return isWorkDone
    ? undefined
    : { thrown: failure('the connection was closed before the response was finished') }
}

/** No stack: it would show this file, and not the job. */
function failure(message: string): Error {
  return { name: 'RouteFailure', message }
}
