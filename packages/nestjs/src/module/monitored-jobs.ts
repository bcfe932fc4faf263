import type { DiscoveryService, MetadataScanner } from '@nestjs/core'
import { defineMonitor, type DefinedMonitor } from '@crontify/sdk'
import { attempt } from '@crontify/sdk/adapter'
import { findMethods, type FoundMethod } from '../jobs/find-methods.ts'
import { idOf } from '../jobs/monitor-ref.ts'
import { sharedState } from '../jobs/shared-state.ts'
import { readRegistry, type RegistryLike } from '../schedule/read-registry.ts'
import { scheduleFields } from '../schedule/schedule-fields.ts'
import type { Monitors } from './monitors.ts'

/** A method that Nest's scheduler runs, or that `@Monitor` is on. */
export interface MonitoredJob {
  /** Class and method: `ReportService.nightly`. */
  readonly method: string
  /** What runs it; `undefined` for a method without `@Cron`, `@Interval` and `@Timeout`. */
  readonly kind: 'cron' | 'interval' | 'timeout' | undefined
  /** The id of its monitor; `undefined` without one. */
  readonly monitorId: string | undefined
}

/**
 * What the scheduler of this application runs, and how it is monitored. Injectable, and from `app.get(MonitoredJobs)`; complete once
 * the application is initialized.
 *
 * @example
 * import { NestFactory } from '@nestjs/core'
 * import { CrontifyModule, MonitoredJobs } from '@crontify/nestjs'
 *
 * const app = await NestFactory.createApplicationContext(
 *   CrontifyModule.forRoot({ apiKey: 'ck_live_example' }),
 * )
 * console.log(app.get(MonitoredJobs).list(), app.get(MonitoredJobs).definitions())
 * await app.close()
 */
export class MonitoredJobs {
  readonly #discovery: DiscoveryService
  readonly #scanner: MetadataScanner
  readonly #monitors: Monitors

  /** @internal Nest makes it. */
  constructor(discovery: DiscoveryService, scanner: MetadataScanner, monitors: Monitors) {
    this.#discovery = discovery
    this.#scanner = scanner
    this.#monitors = monitors
  }

  /** Each method that is scheduled or monitored. */
  list(): readonly MonitoredJob[] {
    return this.found().map(({ method, mark, timing }) => ({
      method,
      kind: timing?.kind,
      monitorId: mark === undefined ? undefined : idOf(mark.ref),
    }))
  }

  /**
   * The definitions of all monitors of this application, as plain data: for the local Crontify, `crontify dev` and `crontify audit`.
   *
   * Where a definition has neither `schedule` nor `everySeconds`, they come from the scheduler: schedule, time zone and dialect of a cron
   * job, also of one that was added to the `SchedulerRegistry` under the monitor's id; the interval of `@Interval`.
   *
   * @throws {CrontifyDefinitionError} if a definition is wrong.
   */
  definitions(): readonly DefinedMonitor[] {
    const registry = readRegistry(this.#discovery.getProviders())
    const byId = new Map<string, DefinedMonitor>()
    const add = (ref: unknown, found?: FoundMethod): void => {
      const known = this.#monitors.definition(ref)
      if (known !== undefined && !byId.has(known.id)) byId.set(known.id, completed(known, registry, found))
    }
    for (const found of this.found()) add(found.mark?.ref, found)
    for (const id of this.#monitors.listed) add(id)
    for (const ref of sharedState().injected.values()) add(ref)
    return [...byId.values()]
  }

  /** @internal The methods themselves. */
  found(): readonly FoundMethod[] {
    return findMethods(
      [...this.#discovery.getControllers(), ...this.#discovery.getProviders()],
      (prototype) => this.#scanner.getAllMethodNames(prototype),
    )
  }

  /** @internal All objects of the application, with their classes. */
  instances(): readonly object[] {
    return this.#discovery
      .getProviders()
      .map((wrapper) => attempt<unknown>(() => wrapper.instance, undefined))
      .filter((instance): instance is object => typeof instance === 'object' && instance !== null)
  }
}

function completed(
  known: DefinedMonitor,
  registry: RegistryLike | undefined,
  found: FoundMethod | undefined,
): DefinedMonitor {
  if (known.schedule !== undefined || known.everySeconds !== undefined) return known
  const fields = scheduleFields(found?.timing, known.id, registry)
  const { timezone, ...schedule } = fields
  const zone = known.timezone ?? timezone
  return defineMonitor({ ...known, ...schedule, ...(zone === undefined ? {} : { timezone: zone }) })
}
