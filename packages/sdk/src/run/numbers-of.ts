import { readMeta, type Meta } from '@crontify/protocol'

/**
 * The finite numbers among the own properties of a job's result: what an adapter sends as metadata unless told
 * otherwise. `undefined` if there are none, or the result is not a plain object.
 *
 * Never throws, and never looks into buffers, streams, lists or instances of classes.
 */
export function numbersOf(result: unknown): Meta | undefined {
  if (typeof result !== 'object' || result === null || !isPlain(result)) return undefined
  const { meta } = readMeta(result)
  return Object.keys(meta).length > 0 ? meta : undefined
}

function isPlain(value: object): boolean {
  try {
    const prototype: unknown = Object.getPrototypeOf(value)
    return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
  } catch {
    return false
  }
}
