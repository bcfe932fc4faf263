/** The call signature of the global `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A fetch whose requests never leave the process. Once closed it rejects as a refused connection does. */
export function inProcessFetch(
  serve: (request: Request) => Response | Promise<Response>,
  closing: AbortSignal,
): Fetch {
  return async (input, init) => {
    if (closing.aborted) {
      const cause = Object.assign(new Error('The mock server is closed'), { code: 'ECONNREFUSED' })
      throw new TypeError('fetch failed', { cause })
    }
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    return serve(request)
  }
}
