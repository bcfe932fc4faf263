import { Module, type DynamicModule, type Provider } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { printableValue } from '@crontify/protocol'
import { sharedState } from '../jobs/shared-state.ts'
import type {
  CrontifyModuleAsyncOptions,
  CrontifyModuleOptions,
  CrontifyOptionsFactory,
} from './module-options.ts'
import { GIVEN_OPTIONS, providersFor } from './module-providers.ts'

/**
 * Crontify in a Nest application: the client `Crontify` for injection, the pings of `@Monitor` and `@MonitorWorker`, and their delivery at
 * shutdown. It is global: register it once, in the root module.
 *
 * Registered twice, the first registration watches the jobs, and a warning says so. Without an API key, nothing is sent, and a
 * warning says why; with `silent: false` the application does not start.
 *
 * @example
 * import { Module } from '@nestjs/common'
 * import { CrontifyModule } from '@crontify/nestjs'
 * import { ScheduleModule } from '@nestjs/schedule'
 *
 * // The key comes from CRONTIFY_API_KEY.
 * @Module({ imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot()] })
 * export class AppModule {}
 */
@Module({})
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a module of Nest is a class
export class CrontifyModule {
  /** The module with these options. */
  static forRoot(options: CrontifyModuleOptions = {}): DynamicModule {
    return dynamicModule([], [{ provide: GIVEN_OPTIONS, useValue: options }])
  }

  /**
   * The module with options that other providers make, such as a `ConfigService`.
   *
   * @throws {TypeError} if none of `useFactory`, `useClass` and `useExisting` is given.
   * @example
   * import { CrontifyModule } from '@crontify/nestjs'
   *
   * export const crontify = CrontifyModule.forRootAsync({
   *   useFactory: async () => ({ apiKey: 'ck_live_example' }),
   * })
   */
  static forRootAsync(options: CrontifyModuleAsyncOptions): DynamicModule {
    if (Object(options) !== options) {
      throw new TypeError(
        `CrontifyModule.forRootAsync must be given an object with useFactory, useClass or useExisting, got ${printableValue(options)}`,
      )
    }
    return dynamicModule(options.imports ?? [], asyncProviders(options))
  }
}

function asyncProviders({
  inject,
  useFactory,
  useClass,
  useExisting,
}: CrontifyModuleAsyncOptions): Provider[] {
  if (useFactory !== undefined) {
    return [{ provide: GIVEN_OPTIONS, inject: [...(inject ?? [])], useFactory: useFactory as () => unknown }]
  }
  const maker = useExisting ?? useClass
  if (maker === undefined) {
    throw new TypeError(
      'CrontifyModule.forRootAsync must be given useFactory, useClass or useExisting, got none of them',
    )
  }
  const made = {
    provide: GIVEN_OPTIONS,
    inject: [maker],
    useFactory: (factory: CrontifyOptionsFactory) => factory.createCrontifyOptions(),
  }
  return useExisting === undefined ? [maker, made] : [made]
}

function dynamicModule(imports: NonNullable<DynamicModule['imports']>, options: Provider[]): DynamicModule {
  let made: ReturnType<typeof providersFor> | undefined
  let madeOf: number | undefined
  // Read when Nest scans the module: by then all classes have been loaded, and with them the monitors that they inject. Again only
  // where another application has loaded more, because Nest 10 makes the identity of a module of what it reads.
  const read = (): ReturnType<typeof providersFor> => {
    const { size } = sharedState().injected
    if (made === undefined || madeOf !== size) made = providersFor(options)
    madeOf = size
    return made
  }
  return {
    module: CrontifyModule,
    global: true,
    imports: [DiscoveryModule, ...imports],
    get providers() {
      return read().providers
    },
    get exports() {
      return read().exports
    },
  }
}
