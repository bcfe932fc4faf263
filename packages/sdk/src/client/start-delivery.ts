import { MAX_PINGS_PER_MINUTE } from '@crontify/protocol'
import type { Delivery } from '../delivery/delivery.ts'
import { exitRouteOf } from '../http/exit-route.ts'
import type { Settings } from '../options/read-options.ts'
import type { Surroundings } from '../surroundings.ts'
import { SDK_VERSION } from '../version.ts'
import type { Destination } from '../delivery/sending/wire-ping.ts'

/** The delivery that a monitor's settings lead to, shared with all monitors of the same key. */
export function startDelivery(
  settings: Settings,
  surroundings: Surroundings,
  warn: (message: string) => void,
): Delivery {
  const { origin, pathPrefix, apiKey, wireHeaders, isLoopback, spoolDirectory } = settings
  const { transport: given, fetch, agent, proxy } = settings
  const destination: Destination = {
    origin,
    pathPrefix,
    apiKey,
    wireHeaders,
    userAgent: `crontify-sdk-js/${SDK_VERSION}`,
    // A local Crontify is no service to be spared: its clock may run through a day in a second.
    ratePerMinute: settings.ratePerMinute ?? (isLoopback ? undefined : MAX_PINGS_PER_MINUTE),
    exitRoute: exitRouteOf({ transport: given, fetch, agent, proxy }),
  }
  const transport = surroundings.openTransport({ transport: given, fetch, agent, proxy })
  return surroundings.deliveries(destination, transport, surroundings, spoolDirectory, warn)
}
