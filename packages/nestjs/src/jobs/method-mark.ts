import { sharedState, type MethodMark } from './shared-state.ts'

/** What `@Monitor` has noted of a method, also where a parent class has it. A method that overrides it has nothing of it. */
export function methodMark(instance: object, key: string): MethodMark | undefined {
  for (let owner: object | null = instance; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, key)) return sharedState().methods.get(owner)?.get(key)
  }
  return undefined
}
