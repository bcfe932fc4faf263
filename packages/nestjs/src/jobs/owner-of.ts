import { warn } from '@crontify/sdk/adapter'
import { methodName } from './method-name.ts'
import { sharedState, type JobOwner } from './shared-state.ts'

let hasWarned = false

/**
 * Which application a method is called in: that of the instance, else that of its class, as for instances of a request. An object
 * that Nest has not made belongs to the only application that runs, if there is one.
 */
export function ownerOf(instance: unknown, target: object, key: string | symbol): JobOwner | undefined {
  const { owners, running } = sharedState()
  const known = isObject(instance)
    ? (owners.get(instance) ??
      (isObject(instance.constructor) ? owners.get(instance.constructor) : undefined))
    : undefined
  if (known !== undefined) return known
  if (running.size === 1) return running.values().next().value
  if (running.size === 0 && !hasWarned) {
    hasWarned = true
    warn(
      `@Monitor on ${methodName(target, key)} needs an application with CrontifyModule.forRoot(), got none. The job runs without pings.`,
    )
  }
  return undefined
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
