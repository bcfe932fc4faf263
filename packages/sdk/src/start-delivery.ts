import { MAX_PINGS_PER_MINUTE } from '@crontify/protocol'
import type { Delivery } from './delivery.ts'
import { createFetchTransport, type FetchLike } from './fetch-transport.ts'
import type { Settings } from './read-options.ts'
import type { Surroundings } from './surroundings.ts'
import type { Transport } from './transport.ts'
import { SDK_VERSION } from './version.ts'

/** The delivery that a monitor's settings lead to, shared with all monitors of the same key. */
export function startDelivery(
  settings: Settings,
  surroundings: Surroundings,
  warn: (message: string) => void,
): Delivery {
  const { origin, pathPrefix, apiKey, wireHeaders, fetch } = settings
  const userAgent = `crontify-sdk-js/${SDK_VERSION}`
  // A local Crontify is no service to be spared: its clock may run through a day in a second.
  const ratePerMinute = settings.ratePerMinute ?? (settings.isLoopback ? undefined : MAX_PINGS_PER_MINUTE)
  const destination = { origin, pathPrefix, apiKey, wireHeaders, ratePerMinute, userAgent }
  const loadTransport = fetch === undefined ? surroundings.loadTransport : fetchLoader(fetch, surroundings)
  return surroundings.deliveries(destination, loadTransport, surroundings, settings.spoolDirectory, warn)
}

/** The same function for the same fetch, because deliveries are told apart by it. */
const loaders = new WeakMap<FetchLike, () => Promise<Transport>>()

function fetchLoader(fetch: FetchLike, { clock }: Surroundings): () => Promise<Transport> {
  const known = loaders.get(fetch)
  if (known !== undefined) return known
  const made = (): Promise<Transport> => Promise.resolve(createFetchTransport(fetch, clock))
  loaders.set(fetch, made)
  return made
}
