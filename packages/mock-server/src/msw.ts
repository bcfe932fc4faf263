import { API_PREFIX, DEFAULT_BASE_URL } from '@crontify/protocol'
import { type HttpHandler, HttpResponse, http } from 'msw'
import type { MockServer } from './mock-server.ts'

/** Which requests the handlers answer. */
export interface CrontifyHandlersOptions {
  /** Where your code believes the service to be, without `/api/v1`. @default 'https://api.crontify.com' */
  readonly baseUrl?: string
}

/**
 * Handlers for Mock Service Worker that hand requests to a local Crontify in the same process.
 *
 * MSW sees the global `fetch` and `http.request`. It does not see the SDK's own client: give the SDK
 * `fetch: (...given) => fetch(...given)`, or use a server with a port. A fault that breaks the connection becomes a
 * network error, whatever its kind.
 *
 * @example
 * const crontify = await createMockCrontify({ monitors: [{ id: 'nightly-sync' }] })
 * const msw = setupServer(...crontifyHandlers(crontify))
 * msw.listen({ onUnhandledRequest: 'error' })
 */
export function crontifyHandlers(
  mock: Pick<MockServer, 'fetch'>,
  { baseUrl = DEFAULT_BASE_URL }: CrontifyHandlersOptions = {},
): HttpHandler[] {
  const base = baseUrl.replace(/\/+$/, '')
  return [
    http.all(`${base}${API_PREFIX}/*`, async ({ request }) => {
      try {
        // The mock knows the service's own paths, without what stands before them here.
        return await mock.fetch(new Request(DEFAULT_BASE_URL + request.url.slice(base.length), request))
      } catch {
        // All that MSW can say of a connection that broke.
        return HttpResponse.error()
      }
    }),
  ]
}
