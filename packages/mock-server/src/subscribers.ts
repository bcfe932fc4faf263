import type { MockEvent } from './mock-records.ts'

/** Those who want to hear of events as they happen. */
export interface Subscribers {
  add(listener: (event: MockEvent) => void): () => void
  /** What a listener causes is told after what it was told of, to everybody in the same order. */
  tell(event: MockEvent): void
}

export function createSubscribers(): Subscribers {
  const subscriptions = new Set<{ readonly listener: (event: MockEvent) => void }>()
  const waiting: MockEvent[] = []
  let isTelling = false

  function tellAll(event: MockEvent): void {
    for (const { listener } of subscriptions) {
      try {
        listener(event)
      } catch (error) {
        // A ping must not fail for what a listener does, and its error must not get lost either.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  return {
    add(listener) {
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => {
        subscriptions.delete(subscription)
      }
    },
    tell(event) {
      waiting.push(event)
      if (isTelling) return
      isTelling = true
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) tellAll(next)
      isTelling = false
    },
  }
}
