import type { Pinger } from '@crontify/sdk/adapter'
import type { MonitorRef } from './monitor-ref.ts'

/** What `@Monitor` has noted of a method; `ref` is `false` for a method that has no monitor on purpose. */
export interface MethodMark {
  readonly ref: MonitorRef | false
}

/** What `@MonitorWorker` has noted of a class: watches the worker that Nest has made for it. */
export type WorkerMark = (worker: unknown, pingerFor: (ref: unknown) => Pinger | undefined) => () => void

/** The registration of {@link CrontifyModule} that watches the jobs of an application. */
export interface JobOwner {
  pingerFor(ref: unknown): Pinger | undefined
}

/** What decorators note, and what an application finds at its start. */
export interface SharedState {
  /** Marks of methods, by the prototype that has them. */
  readonly methods: WeakMap<object, Map<string | symbol, MethodMark>>
  readonly workers: WeakMap<object, WorkerMark>
  /** Monitors that are injected somewhere, by token. */
  readonly injected: Map<string, MonitorRef>
  /** Definitions that decorators were given, by id. */
  readonly definitions: Map<string, MonitorRef>
  /** Who watches the jobs of an instance, or of the instances of a class. */
  readonly owners: WeakMap<object, JobOwner>
  /** Owners of applications that run. */
  readonly running: Set<JobOwner>
  /** Called with each monitor that a class injects which is loaded while an application runs. */
  readonly lateListeners: Set<(token: string, ref: MonitorRef) => void>
  /** Registrations of an application, by its container of modules. */
  readonly registrations: WeakMap<object, object[]>
}

const KEY = Symbol.for('@crontify/nestjs')

/** One for the process: decorators of the ESM copy and a module of the CommonJS copy must find each other. */
export function sharedState(): SharedState {
  const holder = globalThis as { [KEY]?: SharedState }
  return (holder[KEY] ??= {
    methods: new WeakMap(),
    workers: new WeakMap(),
    injected: new Map(),
    definitions: new Map(),
    owners: new WeakMap(),
    running: new Set(),
    lateListeners: new Set(),
    registrations: new WeakMap(),
  })
}

/** Keeps a definition, so that the id alone finds it elsewhere. */
export function noteDefinition(ref: unknown, id: string | undefined): void {
  if (typeof ref === 'object' && id !== undefined) sharedState().definitions.set(id, ref as MonitorRef)
}
