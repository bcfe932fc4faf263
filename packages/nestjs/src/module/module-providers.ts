import { Logger, type DynamicModule, type Provider } from '@nestjs/common'
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core'
import { Crontify } from '@crontify/sdk'
import { getMonitorToken } from '../jobs/inject-monitor.ts'
import type { MonitorRef } from '../jobs/monitor-ref.ts'
import { sharedState } from '../jobs/shared-state.ts'
import { createMonitors, type Monitors } from './monitors.ts'
import { MonitoredJobs } from './monitored-jobs.ts'
import type { CrontifyModuleOptions } from './module-options.ts'
import { createRegistration } from './registration.ts'

export const OPTIONS = 'CRONTIFY_MODULE_OPTIONS'
const MONITORS = 'CRONTIFY_MODULE_MONITORS'
const REGISTRATION = 'CRONTIFY_MODULE_REGISTRATION'
const LOGGER = 'CRONTIFY_MODULE_LOGGER'

/** The providers of one registration, and what it exports. */
export function providersFor(
  options: readonly Provider[],
): Required<Pick<DynamicModule, 'providers' | 'exports'>> {
  const injected: readonly (readonly [string, MonitorRef])[] = [...sharedState().injected]
  const monitors = injected.map(([token, ref]) => ({
    provide: token,
    inject: [MONITORS],
    useFactory: (all: Monitors) => all.injected(ref),
  }))
  const providers: Provider[] = [
    ...options,
    { provide: LOGGER, inject: [OPTIONS], useFactory: loggerOf },
    { provide: Crontify, inject: [OPTIONS, LOGGER], useFactory: createClient },
    { provide: MONITORS, inject: [Crontify, OPTIONS, LOGGER], useFactory: createMonitors },
    {
      provide: MonitoredJobs,
      inject: [DiscoveryService, MetadataScanner, MONITORS],
      useFactory: (discovery: DiscoveryService, scanner: MetadataScanner, all: Monitors) =>
        new MonitoredJobs(discovery, scanner, all),
    },
    {
      provide: REGISTRATION,
      inject: [ModulesContainer, MonitoredJobs, MONITORS, Crontify, OPTIONS, LOGGER],
      useFactory: createRegistration,
    },
    ...monitors,
    ...listed(options, injected),
  ]
  return {
    providers,
    exports: [
      Crontify,
      MonitoredJobs,
      ...providers.map(tokenOf).filter((token) => token.startsWith('CrontifyMonitor:')),
    ],
  }
}

/** Tokens of the monitors that options list by value: for modules that are loaded later. */
function listed(
  options: readonly Provider[],
  injected: readonly (readonly [string, MonitorRef])[],
): Provider[] {
  const known = new Set(injected.map(([token]) => token))
  return options.flatMap((provider) => {
    const value = (provider as { readonly useValue?: CrontifyModuleOptions }).useValue
    const refs = Array.isArray(value?.monitors) ? (value.monitors as readonly MonitorRef[]) : []
    return refs
      .filter((ref) => !known.has(getMonitorToken(ref)))
      .map((ref) => ({
        provide: getMonitorToken(ref),
        inject: [MONITORS],
        useFactory: (all: Monitors) => all.injected(ref),
      }))
  })
}

function tokenOf(provider: Provider): string {
  const { provide } = provider as { readonly provide?: unknown }
  return typeof provide === 'string' ? provide : ''
}

/** Where warnings go. */
export type ModuleLogger = NonNullable<CrontifyModuleOptions['logger']>

function loggerOf(options: CrontifyModuleOptions | undefined): ModuleLogger {
  if (options?.logger !== undefined) return options.logger
  const nest = new Logger('Crontify')
  // The name is in the context already.
  return { warn: (message) => nest.warn(message.replace(/^\[crontify\] /, '')) }
}

function createClient(options: CrontifyModuleOptions | undefined, logger: ModuleLogger): Crontify {
  const { monitors: _monitors, noticeUnmonitored: _notice, closeWithinMs: _close, ...client } = options ?? {}
  return new Crontify({ ...client, logger })
}
