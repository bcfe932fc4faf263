import { MAX_PINGS_PER_MINUTE } from '@crontify/protocol'
import type { Delivery } from './delivery.ts'
import { createFetchTransport, type FetchLike } from '../http/fetch-transport.ts'
import type { Proxy } from '../http/proxy-settings.ts'
import type { Settings } from '../options/read-options.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Transport } from '../http/transport.ts'
import { SDK_VERSION } from '../version.ts'
import type { Destination } from './wire-ping.ts'

/** The delivery that a monitor's settings lead to, shared with all monitors of the same key. */
export function startDelivery(
  settings: Settings,
  surroundings: Surroundings,
  warn: (message: string) => void,
): Delivery {
  const { origin, pathPrefix, apiKey, wireHeaders, fetch, proxy, isLoopback, spoolDirectory } = settings
  const destination: Destination = {
    origin,
    pathPrefix,
    apiKey,
    wireHeaders,
    userAgent: `crontify-sdk-js/${SDK_VERSION}`,
    // A local Crontify is no service to be spared: its clock may run through a day in a second.
    ratePerMinute: settings.ratePerMinute ?? (isLoopback ? undefined : MAX_PINGS_PER_MINUTE),
    // The caller's fetch cannot run while the process exits, and past it would be where the caller did not want to go.
    exitRoute: fetch === undefined ? (proxy ?? 'direct') : 'none',
  }
  const loadTransport = loaderOf(fetch ?? proxy, surroundings)
  return surroundings.deliveries(destination, loadTransport, surroundings, spoolDirectory, warn)
}

/** Deliveries are told apart by their loader, so the same way out has the same loader. */
const loaders = new WeakMap<Surroundings['loadTransport'] | FetchLike, () => Promise<Transport>>()
const proxyLoaders = new Map<string, () => Promise<Transport>>()

function loaderOf(way: FetchLike | Proxy | undefined, surroundings: Surroundings): () => Promise<Transport> {
  if (typeof way === 'function') {
    return remembered(way, async () => createFetchTransport(way, surroundings.clock))
  }
  if (way === undefined)
    return remembered(surroundings.loadTransport, () => surroundings.loadTransport(undefined))
  const name = `${way.protocol}//${way.authorization() ?? ''}@${way.host}`
  const loader = proxyLoaders.get(name) ?? (() => surroundings.loadTransport(way))
  proxyLoaders.set(name, loader)
  return loader
}

function remembered(
  way: Surroundings['loadTransport'] | FetchLike,
  load: () => Promise<Transport>,
): () => Promise<Transport> {
  const known = loaders.get(way)
  if (known !== undefined) return known
  loaders.set(way, load)
  return load
}
