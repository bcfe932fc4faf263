import { createVirtualClock, type VirtualClock } from '@crontify/alert-engine'
import type { Clock } from '../../src/clock.ts'
import { createExitWatch, type ProcessEvents } from '../../src/process-exit/exit-watch.ts'
import { createOpenTransport } from '../../src/http/open-transport.ts'
import { createSharedDeliveries } from '../../src/delivery/shared-deliveries.ts'
import { createProcessRuns } from '../../src/run/life/process-runs.ts'
import type { Surroundings } from '../../src/surroundings.ts'
import type { Attempt, PingRequest, Reply, Transport } from '../../src/http/transport.ts'

/** The key of all tests: unmistakable, so that finding it anywhere is a leak. */
export const TEST_KEY = 'ck_live_SENTINEL0123456789abcdef'

/** What the scripted server does with a request. `hangs` waits for the abort. */
export type Answer = Reply | 'hangs' | 'hangs unwritten'

export function ok(status: string): Reply {
  const data = {
    received: true,
    monitorId: 'nightly-backup',
    runId: 'run-1',
    status,
    timestamp: '2026-01-05T02:00:00.000Z',
  }
  return respond(200, JSON.stringify({ success: true, data }))
}

export function respond(statusCode: number, body = '', headers: Record<string, string> = {}): Reply {
  return { type: 'response', statusCode, headers: { 'content-type': 'application/json', ...headers }, body }
}

export interface Scripted {
  readonly surroundings: Surroundings
  readonly clock: VirtualClock
  /** `start`, `success {"meta":…}` and so on, in the order in which they were sent. */
  readonly sent: string[]
  readonly requests: PingRequest[]
  readonly warnings: string[]
}

/** How the server answers: one after the other, or by rule; `undefined` is a good answer. */
export type Script = readonly Answer[] | ((request: PingRequest, now: number) => Answer | undefined)

/** A world in which time stands still and the server answers by a script; past its end it answers well. */
export function scripted(script: Script = [], env: Record<string, string> = {}): Scripted {
  const clock = createVirtualClock({ startAt: Date.parse('2026-01-05T02:00:00Z') })
  const sent: string[] = []
  const requests: PingRequest[] = []
  const warnings: string[] = []
  let next = 0
  const transport: Transport = {
    send: (request, attempt) => {
      requests.push(request)
      const kind = request.path.slice(request.path.lastIndexOf('/') + 1)
      sent.push(request.body === undefined ? kind : `${kind} ${request.body}`)
      const given = typeof script === 'function' ? script(request, clock.now()) : script[next++]
      return answer(given ?? ok(kind === 'start' ? 'running' : kind === 'fail' ? 'failed' : kind), attempt)
    },
  }
  const openTransport = createOpenTransport(asSdkClock(clock))
  let id = 0
  return {
    clock,
    sent,
    requests,
    warnings,
    surroundings: {
      clock: asSdkClock(clock),
      random: () => 0.5,
      newId: () => `id-${id++}`,
      env,
      warn: (message) => void warnings.push(message),
      preload: () => {},
      activeResources: () => ['TCPSocketWrap', 'Timeout', 'TCPSocketWrap'],
      openTransport: (route) => (route.fetch === undefined ? transport : openTransport(route)),
      deliveries: createSharedDeliveries(),
      processRuns: createProcessRuns(),
      exits: createExitWatch(
        NO_PROCESS,
        () => ({ answered: 0, attempted: 0, blocked: true, unanswered: [] }),
        { schedule: () => () => {} },
      ),
      openSpool: () => ({
        keep: () => false,
        hold: async () => undefined,
        delivered: () => {},
        openRun: () => undefined,
        claim: async () => [],
      }),
    },
  }
}

function answer(given: Answer, attempt: Attempt): Promise<Reply> {
  if (given === 'hangs' || given === 'hangs unwritten') {
    const written = given === 'hangs'
    if (written) attempt.onWritten()
    return new Promise((resolve) => {
      attempt.signal.addEventListener('abort', () =>
        resolve({ type: 'failure', written, aborted: true, error: undefined }),
      )
    })
  }
  if (given.type === 'response' || given.written) attempt.onWritten()
  return Promise.resolve(given)
}

function asSdkClock(clock: VirtualClock): Clock {
  return {
    now: clock.now,
    monotonic: clock.now,
    schedule: (callback, afterMs) => clock.schedule(callback, afterMs),
  }
}

/** Lets virtual time pass until the promise settles, at most ten minutes. */
export async function letTimePass<Value>(world: Scripted, promise: Promise<Value>): Promise<Value> {
  let settled = false
  const done = promise.finally(() => (settled = true))
  done.catch(() => {})
  for (let second = 0; second < 600 && !settled; second++) await world.clock.advance(1_000)
  return done
}

/** A process that never ends; how it ends is tested with real ones. */
const NO_PROCESS: ProcessEvents = {
  on: () => {},
  off: () => {},
  listenerCount: () => 0,
  kill: () => {},
  pid: 0,
}
