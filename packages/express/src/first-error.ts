import type { Next } from './route-types.ts'

/** The first error that a handler hands to `next`. */
export interface FirstError {
  /** `next` of Express, listened to. */
  readonly next: Next
  readonly kept: () => { readonly thrown: unknown } | undefined
}

/** Keeps the first error. `next('route')` and `next('router')` are none. */
export function firstError(next: Next): FirstError {
  let first: { readonly thrown: unknown } | undefined
  return {
    next: (given) => {
      if (Boolean(given) && given !== 'route' && given !== 'router') first ??= { thrown: given }
      return given === undefined ? next() : next(given)
    },
    kept: () => first,
  }
}
