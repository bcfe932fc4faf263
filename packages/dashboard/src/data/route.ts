/** Where in the dashboard somebody is: the part of the address behind `#`, so that every view has a link. */
export type Route =
  | { readonly view: 'monitors' }
  | { readonly view: 'monitor'; readonly id: string; readonly runId?: string }
  | { readonly view: 'incidents' }
  | { readonly view: 'channels' }
  | { readonly view: 'faults' }
  | { readonly view: 'connect' }

/** Reads an address; one that leads nowhere leads to the list. */
export function routeOf(hash: string): Route {
  const [view = '', id, part, runId] = hash.replace(/\?.*$/, '').replace(/^#\/?/, '').split('/').map(decoded)
  switch (view) {
    case 'monitors':
      if (id === undefined || id === '') return { view: 'monitors' }
      return part === 'runs' && runId !== undefined ? { view: 'monitor', id, runId } : { view: 'monitor', id }
    case 'incidents':
    // Links from before.
    case 'alerts':
      return { view: 'incidents' }
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

/** What a view is narrowed to, by name: the part of the address behind `?`. */
export type Query = Readonly<Record<string, string>>

/** Reads what the view of an address is narrowed to. Pure. */
export function queryOf(hash: string): Query {
  const at = hash.indexOf('?')
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(hash.slice(at + 1)))
}

/** The same address, narrowed to something else; empty texts narrow nothing. Pure. */
export function withQuery(hash: string, query: Query): string {
  const wanted = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  const path = hash.replace(/\?.*$/, '') || '#/'
  return wanted.size === 0 ? path : `${path}?${wanted.toString()}`
}
