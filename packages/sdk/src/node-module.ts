import type * as crypto from 'node:crypto'
import type * as dns from 'node:dns'
import type * as http from 'node:http'
import type * as net from 'node:net'
import type * as os from 'node:os'
import type * as stream from 'node:stream'
import type * as tls from 'node:tls'
import type * as workerThreads from 'node:worker_threads'
import type * as zlib from 'node:zlib'
import { builtin } from './host.ts'

/** Those that a client does without until it sends, spools or exits. */
interface LazyModules {
  readonly 'node:crypto': typeof crypto
  readonly 'node:dns': typeof dns
  readonly 'node:http': typeof http
  readonly 'node:net': typeof net
  readonly 'node:os': typeof os
  readonly 'node:stream': typeof stream
  readonly 'node:tls': typeof tls
  readonly 'node:worker_threads': typeof workerThreads
  readonly 'node:zlib': typeof zlib
}

/**
 * One of Node's own modules, loaded when it is needed: importing the SDK and constructing a client stay fast, because some
 * modules take milliseconds to load.
 *
 * @throws {Error} where the runtime has no such module.
 *
 * Neither `import()` nor `require`: plain Jest has no `import()` in CommonJS, and an ESM bundle has no `require`.
 */
export function nodeModule<Name extends keyof LazyModules>(name: Name): LazyModules[Name] {
  const found = builtin<LazyModules[Name]>(name)
  if (found === undefined) throw new Error(`This runtime has no ${name}`)
  return found
}
