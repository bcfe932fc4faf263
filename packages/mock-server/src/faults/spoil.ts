import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { durationMsOf } from '../duration.ts'
import type { Answer } from '../http/api-answers.ts'
import type { WayIn } from '../http/reply.ts'
import type { ListedFault } from './fault.ts'
import { spoilInProcess } from './fetch-fault.ts'
import { spoilOnSocket } from './socket-fault.ts'

/** What faults need from around them. */
export interface SpoilDependencies {
  /** Milliseconds of real time; rejects when the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>
  /** Aborted when the server is closed. */
  readonly closing: AbortSignal
}

type Delay = Extract<ListedFault, { type: 'latency' }>
type Spoiling = Exclude<ListedFault, { type: 'latency' }>

/** Where there is no socket, a broken connection is an error that must get past the app's error handling. */
export class BrokenConnection extends Error {
  readonly asFetchReportsIt: Error
  constructor(asFetchReportsIt: Error) {
    super('The connection was broken on purpose')
    this.asFetchReportsIt = asFetchReportsIt
  }
}

/** Waits before a good answer. Over TCP it returns early once the client has gone: nobody reads the answer. */
export async function delayed(
  fault: Delay,
  context: Context<WayIn>,
  { delay, closing }: SpoilDependencies,
): Promise<void> {
  const signal = AbortSignal.any([closing, hangUp(context)])
  try {
    await delay(durationMsOf(fault.delay), signal)
  } catch (error) {
    if (context.env.outgoing === undefined) throw new BrokenConnection(asError(error))
  }
}

/** Gives a spoilt answer, or none. */
export async function spoiled(
  fault: Spoiling,
  context: Context<WayIn>,
  answer: Answer | undefined,
  { closing }: SpoilDependencies,
): Promise<Response> {
  const text = answer === undefined ? undefined : JSON.stringify(answer.body)
  const { outgoing } = context.env
  if (outgoing !== undefined) {
    spoilOnSocket(fault, outgoing, text)
    return RESPONSE_ALREADY_SENT
  }
  try {
    return await spoilInProcess(fault, [closing, hangUp(context)], text)
  } catch (error) {
    throw new BrokenConnection(asError(error))
  }
}

/** Aborted when the client does not wait any longer. */
function hangUp(context: Context<WayIn>): AbortSignal {
  const { outgoing } = context.env
  if (outgoing === undefined) return context.req.raw.signal
  const gone = new AbortController()
  outgoing.once('close', () => {
    gone.abort()
  })
  return gone.signal
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}
