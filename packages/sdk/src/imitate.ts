/**
 * Gives a wrapper the `length`, `name` and `Reflect` metadata of the function that it stands for, and returns it.
 *
 * Libraries look at these: Express skips handlers of four parameters, and decorators of frameworks keep what they know of a method
 * as metadata of its function.
 */
export function imitate<Wrapper extends object>(original: object, wrapper: Wrapper): Wrapper {
  for (const name of ['length', 'name']) {
    const value: unknown = Reflect.get(original, name)
    Object.defineProperty(wrapper, name, { value, configurable: true })
  }
  copyReflectMetadata(original, wrapper)
  return wrapper
}

function copyReflectMetadata(from: object, to: object): void {
  const reflect = Reflect as Partial<{
    getMetadataKeys(target: object): unknown[]
    getMetadata(key: unknown, target: object): unknown
    defineMetadata(key: unknown, value: unknown, target: object): void
  }>
  try {
    for (const key of reflect.getMetadataKeys?.(from) ?? []) {
      reflect.defineMetadata?.(key, reflect.getMetadata?.(key, from), to)
    }
  } catch {
    // Metadata that cannot be read must not keep the job from being wrapped.
  }
}
