import type * as crypto from 'node:crypto'
import type * as os from 'node:os'
import type * as workerThreads from 'node:worker_threads'
import type * as zlib from 'node:zlib'

/** Those that a client does without until it sends, spools or exits. */
interface LazyModules {
  readonly 'node:crypto': typeof crypto
  readonly 'node:os': typeof os
  readonly 'node:worker_threads': typeof workerThreads
  readonly 'node:zlib': typeof zlib
}

/**
 * One of Node's own modules, loaded when it is needed: to import the SDK and make a client should take no longer than it
 * must, and some modules take milliseconds.
 */
export function nodeModule<Name extends keyof LazyModules>(name: Name): LazyModules[Name] {
  return process.getBuiltinModule(name as string) as LazyModules[Name]
}
