import type { InjectionToken, ModuleMetadata, OptionalFactoryDependency, Type } from '@nestjs/common'
import type { DefinedMonitor, MonitorOptions } from '@crontify/sdk'

/** What {@link CrontifyModule} needs to know: the options of `Crontify`, and these. */
export interface CrontifyModuleOptions extends Omit<MonitorOptions, 'monitorId'> {
  /**
   * Definitions of the monitors of this application, for `@Monitor(id)` and `@InjectMonitor(id)`. With a list, an id that is
   * neither in it nor defined by a decorator is a warning.
   *
   * @default none: every id is taken as it is
   */
  readonly monitors?: readonly Pick<DefinedMonitor, 'id'>[] | undefined
  /**
   * Whether the application says at its start which `@Cron` methods have no monitor.
   *
   * @default true
   */
  readonly noticeUnmonitored?: boolean | undefined
  /**
   * Milliseconds that `app.close()`, or a signal with `app.enableShutdownHooks()`, waits at most for open runs and their pings; 0 or more.
   *
   * @default 5_000
   */
  readonly closeWithinMs?: number | undefined
}

/** Makes the options in a class of yours. */
export interface CrontifyOptionsFactory {
  createCrontifyOptions(): CrontifyModuleOptions | Promise<CrontifyModuleOptions>
}

/** How {@link CrontifyModule} gets its options from other providers: one of `useFactory`, `useClass` and `useExisting`. */
export interface CrontifyModuleAsyncOptions {
  /** Modules that export what is injected. @default none */
  readonly imports?: ModuleMetadata['imports'] | undefined
  /** Arguments of `useFactory`. @default none */
  readonly inject?: readonly (InjectionToken | OptionalFactoryDependency)[] | undefined
  /** Makes the options from what is injected. */
  readonly useFactory?:
    ((...injected: never[]) => CrontifyModuleOptions | Promise<CrontifyModuleOptions>) | undefined
  /** Makes the options; an instance is created for it. */
  readonly useClass?: Type<CrontifyOptionsFactory> | undefined
  /** Makes the options; the instance of another module. */
  readonly useExisting?: Type<CrontifyOptionsFactory> | undefined
}
