import type { Next } from './route-types.ts'

/** The first error of a request, whether it was thrown or handed to `next`. */
export interface FirstError {
  /** `next` of Express, listened to. */
  readonly next: Next
  readonly keep: (thrown: unknown) => void
  readonly kept: () => { readonly thrown: unknown } | undefined
}

/** Keeps the first error of a request. `next('route')` and `next('router')` are none. */
export function firstError(next: Next): FirstError {
  let first: { readonly thrown: unknown } | undefined
  const keep = (thrown: unknown): void => {
    first ??= { thrown }
  }
  return {
    next: (given) => {
      if (Boolean(given) && given !== 'route' && given !== 'router') keep(given)
      return given === undefined ? next() : next(given)
    },
    keep,
    kept: () => first,
  }
}
