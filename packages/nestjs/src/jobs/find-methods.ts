import { attempt } from '@crontify/sdk/adapter'
import { readSchedulerMark, type SchedulerMark } from '../schedule/scheduler-mark.ts'
import { methodMark } from './method-mark.ts'
import { methodName } from './method-name.ts'
import type { MethodMark } from './shared-state.ts'

/** A method of an application that is scheduled or has `@Monitor`. */
export interface FoundMethod {
  readonly method: string
  readonly instance: object
  readonly mark: MethodMark | undefined
  readonly timing: SchedulerMark | undefined
  /** Whether Nest's scheduler runs methods of it: not those of instances that are made for a request. */
  readonly isStatic: boolean
}

/** What is used of Nest's wrapper around a provider or controller. */
export interface WrapperLike {
  readonly instance: unknown
  isDependencyTreeStatic(): boolean
}

/** Looks at each instance once, also if several tokens give it. Never throws. */
export function findMethods(
  wrappers: readonly WrapperLike[],
  methodNames: (prototype: object) => readonly string[],
): readonly FoundMethod[] {
  const seen = new Set<object>()
  return wrappers.flatMap((wrapper) => {
    const instance = attempt<unknown>(() => wrapper.instance, undefined)
    if (typeof instance !== 'object' || instance === null || seen.has(instance)) return []
    seen.add(instance)
    return attempt(() => methodsOf(instance, wrapper.isDependencyTreeStatic(), methodNames), [])
  })
}

function methodsOf(
  instance: object,
  isStatic: boolean,
  methodNames: (prototype: object) => readonly string[],
): FoundMethod[] {
  const prototype = Reflect.getPrototypeOf(instance)
  if (prototype === null) return []
  return methodNames(prototype).flatMap((key) => {
    const mark = methodMark(prototype, key)
    const timing = readSchedulerMark(Reflect.get(instance, key))
    if (mark === undefined && timing === undefined) return []
    return [{ method: methodName(instance, key), instance, mark, timing, isStatic }]
  })
}
