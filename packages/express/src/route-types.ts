/** What we rely on of the response of Node's `http`, which Express 4 and 5 hand out. */
export interface RouteResponse {
  readonly statusCode: number
  readonly writableFinished: boolean
  readonly destroyed: boolean
  once(event: 'close', listener: () => void): unknown
}

/** A handler of Express: of three parameters at most. Its own types survive. */
export type RouteHandler = (request: never, response: never, next: never) => unknown

/** `next` of Express. */
export type Next = (error?: unknown) => unknown
