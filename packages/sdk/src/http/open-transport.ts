import type { Agent } from 'node:http'
import type { Clock } from '../clock.ts'
import { hasNodeHttp } from '../host.ts'
import { createFetchTransport, globalFetch } from './fetch-transport.ts'
import { createNodeTransport } from './node-transport.ts'
import type { Route } from './route.ts'
import type { Transport } from './transport.ts'

/** Opens transports. The same route gives the same transport, and with it the same delivery. */
export function createOpenTransport(clock: Clock): (route: Route) => Transport {
  const byObject = new WeakMap<object, Transport>()
  const byProxy = new Map<string, Transport>()
  const remembered = <Key extends object>(key: Key, open: (key: Key) => Transport): Transport => {
    const transport = byObject.get(key) ?? open(key)
    byObject.set(key, transport)
    return transport
  }
  return ({ transport, fetch, agent, proxy }) => {
    if (transport !== undefined) return remembered(transport, () => transport.open(clock))
    if (fetch !== undefined) return remembered(fetch, () => createFetchTransport(fetch, clock))
    if (agent !== undefined) {
      return remembered(agent, () =>
        createNodeTransport(clock, { proxy: undefined, agent: agent as unknown as Agent }),
      )
    }
    // Edge runtimes have no sockets.
    if (!hasNodeHttp()) return remembered(globalFetch, () => createFetchTransport(globalFetch, clock))
    const name = proxy === undefined ? '' : `${proxy.protocol}//${proxy.authorization() ?? ''}@${proxy.host}`
    const opened = byProxy.get(name) ?? createNodeTransport(clock, { proxy, agent: undefined })
    byProxy.set(name, opened)
    return opened
  }
}
