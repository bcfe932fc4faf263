import type { MockEvent } from './mock-server.ts'

/** Those who want to hear of events as they happen. */
export interface Subscribers {
  add(listener: (event: MockEvent) => void): () => void
  tell(event: MockEvent): void
}

export function createSubscribers(): Subscribers {
  const subscriptions = new Set<{ readonly listener: (event: MockEvent) => void }>()
  return {
    add(listener) {
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => {
        subscriptions.delete(subscription)
      }
    },
    tell(event) {
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
    },
  }
}
