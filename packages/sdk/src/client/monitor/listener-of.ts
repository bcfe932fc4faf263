import type { OpenClient } from '../open-client.ts'

/** Where the events of a client go; `undefined` without `onEvent`, so that no event is made then. */
export function listenerOf({ ready, emit }: OpenClient): OpenClient['emit'] | undefined {
  return ready?.settings.onEvent === undefined ? undefined : emit
}
