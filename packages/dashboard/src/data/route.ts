/** Where in the dashboard somebody is: the part of the address behind `#`, so that every view has a link. */
export type Route =
  | { readonly view: 'monitors' }
  | { readonly view: 'monitor'; readonly id: string; readonly runId?: string }
  | { readonly view: 'alerts' }
  | { readonly view: 'channels' }
  | { readonly view: 'faults' }
  | { readonly view: 'connect' }

/** Reads an address; one that leads nowhere leads to the list. */
export function routeOf(hash: string): Route {
  const [view = '', id, part, runId] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  switch (view) {
    case 'monitors':
      if (id === undefined || id === '') return { view: 'monitors' }
      return part === 'runs' && runId !== undefined ? { view: 'monitor', id, runId } : { view: 'monitor', id }
    case 'alerts':
    case 'channels':
    case 'faults':
    case 'connect':
      return { view }
    default:
      return { view: 'monitors' }
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function monitorLink(id: string, runId?: string): string {
  const monitor = `#/monitors/${encodeURIComponent(id)}`
  return runId === undefined ? monitor : `${monitor}/runs/${encodeURIComponent(runId)}`
}
