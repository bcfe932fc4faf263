import { createMockServer } from '@crontify/mock-server'

/** A service that speaks the documented API. */
export interface Service {
  readonly baseUrl: string
  readonly apiKey: string
  /** A monitor that may be pinged as one likes. */
  readonly monitorId: string
  close(): Promise<void>
}

/**
 * The service that the environment names, or a local one.
 *
 * `CRONTIFY_CONTRACT_URL`, `CRONTIFY_CONTRACT_KEY` and `CRONTIFY_CONTRACT_MONITOR` belong together. The monitor is failed on
 * purpose: take one that wakes nobody.
 */
export async function serviceOf(env: Readonly<Record<string, string | undefined>>): Promise<Service> {
  const { CRONTIFY_CONTRACT_URL: url, CRONTIFY_CONTRACT_KEY: key, CRONTIFY_CONTRACT_MONITOR: monitor } = env
  if (url !== undefined && key !== undefined && monitor !== undefined) {
    return { baseUrl: url.replace(/\/+$/, ''), apiKey: key, monitorId: monitor, close: async () => {} }
  }
  if (url !== undefined || key !== undefined || monitor !== undefined) {
    throw new Error('CRONTIFY_CONTRACT_URL, _KEY and _MONITOR belong together: set all three, or none')
  }
  const server = await createMockServer({ monitors: [{ id: 'contract' }] })
  return { baseUrl: server.url, apiKey: server.apiKey, monitorId: 'contract', close: server.close }
}
