import { useEffect, useState } from 'preact/hooks'
import type { Store } from './store.ts'

/** What was asked for: `undefined` until it is there, a text where it cannot be had. */
export interface Asked<Data> {
  readonly data?: Data
  readonly error?: string
}

/** Asks the control API, and again whenever the revision is another one; the old answer stays until the new one is there. */
export function useAsked<Data>({ api }: Store, path: string, revision: number): Asked<Data> {
  const [asked, setAsked] = useState<Asked<Data> & { readonly path?: string }>({})
  useEffect(() => {
    let isCurrent = true
    api.call<Data>('GET', path).then(
      (data) => isCurrent && setAsked({ data, path }),
      (error: unknown) =>
        isCurrent && setAsked((before) => ({ ...before, path, error: (error as Error).message })),
    )
    return () => {
      isCurrent = false
    }
  }, [path, revision])
  return asked.path === path ? asked : {}
}
