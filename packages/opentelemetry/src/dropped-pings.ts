import type { Crontify, CrontifyMonitor } from '@crontify/sdk'
import type { Meter, MeterProvider, ObservableResult } from '@opentelemetry/api'
import { ATTRIBUTES } from './attributes.ts'

type Client = Crontify | CrontifyMonitor

/** The clients of one meter provider: a counter keeps one value for a reason, so they are added up. */
interface Counted {
  readonly clients: Set<Client>
  /** Of clients that are not followed any more: a counter never goes back. */
  readonly past: Map<string, number>
}

const countedBy = new WeakMap<MeterProvider, Counted>()

/**
 * Counts the pings that clients have dropped, by reason, whenever metrics are collected.
 *
 * @returns a function that ends it for this client
 */
export function countDroppedPings(provider: MeterProvider, meter: Meter, client: Client): () => void {
  const counted = countedBy.get(provider) ?? begin(provider, meter)
  counted.clients.add(client)
  return () => {
    if (counted.clients.delete(client)) addTo(counted.past, client)
  }
}

function begin(provider: MeterProvider, meter: Meter): Counted {
  const counted: Counted = { clients: new Set(), past: new Map() }
  countedBy.set(provider, counted)
  meter
    .createObservableCounter('crontify.pings.dropped', {
      description: 'Pings that were given up',
      unit: '{ping}',
    })
    .addCallback((result: ObservableResult) => {
      const total = new Map(counted.past)
      for (const client of counted.clients) addTo(total, client)
      for (const [reason, count] of total) result.observe(count, { [ATTRIBUTES.dropReason]: reason })
    })
  return counted
}

function addTo(total: Map<string, number>, client: Client): void {
  for (const [reason, count] of Object.entries(client.stats().droppedBecause)) {
    total.set(reason, (total.get(reason) ?? 0) + count)
  }
}
