/** A handler of Express: of three parameters at most. Its own types survive. */
export type RouteHandler = (request: never, response: never, next: never) => unknown

/** `next` of Express. */
export type Next = (error?: unknown) => unknown
