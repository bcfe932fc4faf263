import { nodeModule } from '../../node-module.ts'
import type { Destination, SpoolRecord } from './spool-record.ts'

/** What a file's name says. Looking at names alone keeps a look at a full directory cheap. */
export type SpoolName =
  | {
      readonly type: 'ping'
      readonly occurredAt: number
      readonly kind: 'success' | 'fail'
      /** A hash of where it goes. */
      readonly destination: string
      readonly monitorId: string
      readonly bytes: number
    }
  /** A run that is open, or whose process died. */
  | { readonly type: 'run'; readonly startedAt: number; readonly destination: string }
  /** A file that is being written, or whose writer died. */
  | { readonly type: 'unfinished' }
  /** A file that some process is working on. */
  | { readonly type: 'claim'; readonly of: string }

const PING =
  /^(\d{13})\.(success|fail)\.([0-9a-f]{8})\.([A-Za-z0-9_-]{1,128})\.(\d{1,5})\.[0-9a-z-]{1,40}\.ping$/
const RUN = /^(\d{13})\.([0-9a-f]{8})\.[0-9a-z-]{1,40}\.run$/
const UNFINISHED = /^[0-9a-z-]{1,40}\.unfinished$/
const CLAIM = /^(.+\.(?:ping|run))\.claim\.\d{1,10}\.[0-9a-z]{1,20}$/

/** Reads a name; `undefined` for a file that is none of ours, which is then never touched. */
export function readSpoolName(name: string): SpoolName | undefined {
  const [, of] = CLAIM.exec(name) ?? []
  if (of !== undefined) return readSpoolName(of) === undefined ? undefined : { type: 'claim', of }
  if (UNFINISHED.test(name)) return { type: 'unfinished' }
  const [, startedAt, forDestination] = RUN.exec(name) ?? []
  if (startedAt !== undefined && forDestination !== undefined) {
    return { type: 'run', startedAt: Number(startedAt), destination: forDestination }
  }
  const [, at, kind, destination, monitorId, bytes] = PING.exec(name) ?? []
  if (at === undefined || destination === undefined || monitorId === undefined) return undefined
  return {
    type: 'ping',
    occurredAt: Number(at),
    kind: kind === 'fail' ? 'fail' : 'success',
    destination,
    monitorId,
    bytes: Number(bytes),
  }
}

/** @param unique  Letters, digits and dashes that no other file has. */
export function pingName(record: SpoolRecord, bytes: number, unique: string): string {
  const { occurredAt, kind, monitorId } = record
  return `${Date.parse(occurredAt)}.${kind}.${destinationHash(record)}.${monitorId}.${bytes}.${unique}.ping`
}

export function runName(startedAt: string, destination: Destination, unique: string): string {
  return `${Date.parse(startedAt)}.${destinationHash(destination)}.${unique}.run`
}

/** Of the file whose date says when this monitor's latest run ended. None of those that are delivered. */
export function latestName(destination: Destination, monitorId: string): string {
  return `${destinationHash(destination)}.${monitorId}.latest`
}

export function unfinishedName(unique: string): string {
  return `${unique}.unfinished`
}

export function claimName(of: string, pid: number, unique: string): string {
  return `${of}.claim.${pid}.${unique}`
}

/** Lets a reader leave what is for others alone without opening it. */
export function destinationHash({ origin, pathPrefix, keyFingerprint }: Destination): string {
  const { createHash } = nodeModule('node:crypto')
  return createHash('sha256').update(`${origin}\n${pathPrefix}\n${keyFingerprint}`).digest('hex').slice(0, 8)
}
