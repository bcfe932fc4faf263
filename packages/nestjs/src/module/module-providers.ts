import type { DynamicModule, Provider } from '@nestjs/common'
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core'
import { Crontify } from '@crontify/sdk'
import { getMonitorToken } from '../jobs/inject-monitor.ts'
import { idOf, type MonitorRef } from '../jobs/monitor-ref.ts'
import { sharedState } from '../jobs/shared-state.ts'
import { MONITORS, monitorProvider } from './monitor-provider.ts'
import { createMonitors, type Monitors } from './monitors.ts'
import { MonitoredJobs } from './monitored-jobs.ts'
import type { CrontifyModuleOptions } from './module-options.ts'
import { loggerOf, readModuleOptions, type ModuleLogger } from './read-module-options.ts'
import { createRegistration } from './registration.ts'

/** The options as they were given. */
export const GIVEN_OPTIONS = 'CRONTIFY_MODULE_GIVEN_OPTIONS'
const OPTIONS = 'CRONTIFY_MODULE_OPTIONS'
const REGISTRATION = 'CRONTIFY_MODULE_REGISTRATION'
const LOGGER = 'CRONTIFY_MODULE_LOGGER'

/** The providers of one registration, and what it exports. */
export function providersFor(
  options: readonly Provider[],
): Required<Pick<DynamicModule, 'providers' | 'exports'>> {
  const injected: readonly (readonly [string, MonitorRef])[] = [...sharedState().injected]
  const monitors = injected.map(([token, ref]) => monitorProvider(token, ref))
  const providers: Provider[] = [
    ...options,
    { provide: OPTIONS, inject: [GIVEN_OPTIONS], useFactory: readModuleOptions },
    { provide: LOGGER, inject: [OPTIONS], useFactory: loggerOf },
    { provide: Crontify, inject: [OPTIONS, LOGGER], useFactory: createClient },
    { provide: MONITORS, inject: [Crontify, OPTIONS], useFactory: createMonitors },
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
      .filter((ref) => idOf(ref) !== undefined && !known.has(getMonitorToken(ref)))
      .map((ref) => monitorProvider(getMonitorToken(ref), ref))
  })
}

function tokenOf(provider: Provider): string {
  const { provide } = provider as { readonly provide?: unknown }
  return typeof provide === 'string' ? provide : ''
}

function createClient(options: CrontifyModuleOptions, logger: ModuleLogger): Crontify {
  const { monitors: _monitors, noticeUnmonitored: _notice, closeWithinMs: _close, ...client } = options
  return new Crontify({ ...client, logger })
}
