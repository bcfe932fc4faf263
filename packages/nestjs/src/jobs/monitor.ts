import {
  attempt,
  imitate,
  monitored,
  nameOf,
  readRunOptions,
  warn,
  type AnyFunction,
  type Meta,
  type Pinger,
} from '@crontify/sdk/adapter'
import { readSchedulerMark } from '../schedule/scheduler-mark.ts'
import { idOf, type MonitorRef } from './monitor-ref.ts'
import { methodName } from './method-name.ts'
import { ownerOf } from './owner-of.ts'
import { noteDefinition, sharedState } from './shared-state.ts'

/** How {@link Monitor} reads the calls of a method. */
export interface MonitorMethodOptions<Result = unknown> {
  /**
   * Makes the success ping's metadata from what the method returns. If it throws, the ping goes without. `false` sends nothing of
   * the result.
   *
   * @default the finite numbers of a plain object; with a schema in the monitor's definition, only its fields
   */
  readonly meta?: false | ((result: Result) => Meta | undefined) | undefined
  /**
   * Whether this call is a run; it gets the arguments of the method. A call that is not a run is passed on unwatched. If it throws,
   * the call counts.
   *
   * @default every call is a run
   */
  readonly when?: ((...parameters: never[]) => boolean) | undefined
  /**
   * Lets the start ping leave before the method is called, for at most so many milliseconds; `true` is 1,000. For a job that blocks
   * the event loop from its first line. The method then returns a promise, also if it is synchronous.
   *
   * @default false: the method is called at once
   */
  readonly awaitStart?: boolean | number | undefined
}

/** A method whose result fits the options of {@link Monitor}. */
export type MethodWith<Result> = (...parameters: never[]) => Result | Promise<Result>

/**
 * Decorates a method that is a job: pings around each call. It can be above or below `@Cron`, `@Interval` and `@Timeout`.
 *
 * The method keeps its `this`, arguments, `length`, `name`, metadata, result and error, and waits for no ping. Nest's scheduler
 * finds it as before. The pings are sent through the `Crontify` of {@link CrontifyModule}; in an application without it, and for
 * what is neither an id nor a definition, the method runs without pings and a warning says so. Never throws.
 *
 * @param monitor  One monitor for one method: an id, or a definition. `false` for a job that has no monitor on purpose.
 * @example
 * import { Injectable } from '@nestjs/common'
 * import { Cron } from '@nestjs/schedule'
 * import { Monitor } from '@crontify/nestjs'
 *
 * @Injectable()
 * export class ReportService {
 *   @Cron('0 2 * * *', { timeZone: 'Etc/UTC' })
 *   @Monitor('nightly-report', { meta: (rows: readonly string[]) => ({ rows: rows.length }) })
 *   async nightly(): Promise<readonly string[]> {
 *     return ['one', 'two']
 *   }
 * }
 */
export function Monitor<Result = unknown>(
  monitor: MonitorRef | false,
  options: MonitorMethodOptions<Result> = {},
): <Method extends MethodWith<Result>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void {
  return (target, key, descriptor) => {
    const job: unknown = descriptor?.value
    if (typeof job !== 'function') {
      warn(`@Monitor must be on a method, got ${nameOf(target)}. Nothing is monitored there.`)
      return
    }
    const marks = sharedState().methods.get(target) ?? new Map()
    sharedState().methods.set(target, marks.set(key, { ref: monitor }))
    if (monitor === false) return
    noteDefinition(monitor, idOf(monitor))
    const known = readRunOptions(`@Monitor on ${methodName(target, key)}`, options, {
      meta: [],
      when: [],
      awaitStart: [],
    })
    const watched = watchedBy(job as AnyFunction, known as MonitorMethodOptions, target, key)
    const method = function (this: unknown, ...parameters: unknown[]): unknown {
      const pinger = ownerOf(this, target, key)?.pingerFor(monitor)
      return Reflect.apply(pinger === undefined ? job : watched(pinger), this, parameters) as unknown
    }
    descriptor.value = imitate(job, method) as unknown as NonNullable<typeof descriptor.value>
  }
}

/** The method with pings, made once for each monitor: an application that is built again has other ones. */
function watchedBy(
  job: AnyFunction,
  options: MonitorMethodOptions,
  target: object,
  key: string | symbol,
): (pinger: Pinger) => AnyFunction {
  const made = new WeakMap<Pinger, AnyFunction>()
  return (pinger) => {
    const known = made.get(pinger)
    if (known !== undefined) return known
    // Only now: `@Cron` may be above, and have left its mark later.
    const isTimed = readSchedulerMark(Reflect.get(target, key)) !== undefined
    const attributes = isTimed ? ({ 'faas.trigger': 'timer' } as const) : undefined
    const given = { ...options, attributes } as Parameters<typeof monitored>[2]
    const watched = attempt(() => monitored(pinger, job, given), job)
    made.set(pinger, watched)
    return watched
  }
}
