import type { ModulesContainer } from '@nestjs/core'
import type { Crontify } from '@crontify/sdk'
import { sharedState } from '../jobs/shared-state.ts'
import { bootNotices } from './boot-notices.ts'
import type { CrontifyModuleOptions } from './module-options.ts'
import type { MonitoredJobs } from './monitored-jobs.ts'
import { provideLateMonitors } from './late-monitors.ts'
import type { Monitors } from './monitors.ts'
import { say, type ModuleLogger } from './read-module-options.ts'
import { watchWorkers, type WatchedWorkers } from './watch-workers.ts'

/** The hooks that Nest calls in the life of an application. */
export interface Registration {
  onModuleInit(): void
  onApplicationBootstrap(): void
  onApplicationShutdown(): Promise<void>
}

/** One registration of the module: it watches the jobs of the application if it is the first, and delivers its pings at the end. */
export function createRegistration(
  container: ModulesContainer,
  jobs: MonitoredJobs,
  monitors: Monitors,
  crontify: Crontify,
  options: CrontifyModuleOptions,
  logger: ModuleLogger,
): Registration {
  const { owners, running, registrations } = sharedState()
  const all = registrations.get(container) ?? []
  registrations.set(container, all)
  let workers: WatchedWorkers | undefined
  let stopProviding = (): void => {}
  const warn = (message: string): void => {
    if (crontify.enabled !== false) say(logger, message)
  }
  const registration: Registration = {
    onModuleInit: () => {
      if (all[0] !== registration) return
      running.add(monitors)
      const found = jobs.found()
      for (const { instance, mark } of found) {
        if (mark === undefined) continue
        owners.set(instance, monitors)
        owners.set(instance.constructor, monitors)
      }
      const noticeUnmonitored = options.noticeUnmonitored !== false
      for (const notice of bootNotices(found, monitors, noticeUnmonitored)) warn(notice)
      if (all.length > 1) {
        warn(
          `CrontifyModule must be registered once, in the root module, got ${all.length} registrations. The first one watches the jobs.`,
        )
      }
    },
    onApplicationBootstrap: () => {
      if (all[0] === registration) workers = watchWorkers(jobs.instances(), monitors, warn)
    },
    onApplicationShutdown: async () => {
      // A worker that is still at work has pings to send. Nest closes it in this phase as well, perhaps after this module.
      await workers?.closed()
      running.delete(monitors)
      stopProviding()
      await crontify.close({ withinMs: options.closeWithinMs })
    },
  }
  stopProviding = provideLateMonitors(container, registration)
  all.push(registration)
  return registration
}
