import { nodeModule } from '../node-module.ts'
import { EXIT_WORKER_SOURCE } from './exit-worker-source.ts'
import { NOT_BEGUN, type ExitWork } from './exit-worker.ts'
import type { ExitRequest } from './exit-request.ts'

/** How a delivery at the very end of the process went. */
export interface ExitDelivery {
  /** Requests that were answered with 2xx in time. */
  readonly answered: number
  /** Requests that were handed to the network; each may have arrived, answered or not. */
  readonly attempted: number
  /** True if this process may not start a thread: then nothing was sent, and nothing was waited for. */
  readonly blocked: boolean
  /** Those without a 2xx answer, in the order given: what a spool should keep. */
  readonly unanswered: readonly ExitRequest[]
}

/** More sockets would not make the last second of a process any better. */
const MAX_SOCKETS = 4

/** Of the environment only what changes how a connection is made: no NODE_OPTIONS, no NODE_DEBUG, no secrets. */
const HANDED_ON = 'NODE_TLS_REJECT_UNAUTHORIZED'

/**
 * Sends pings inside an `exit` handler, where nothing asynchronous runs any more, and stops this thread meanwhile.
 *
 * A second thread does the sending: monitors side by side, the pings of one monitor one after the other. Redirects
 * are not followed, nothing is tried twice, nothing is printed, the exit code stays.
 *
 * Never throws: where a thread cannot be started (permission model, no memory) it returns at once.
 *
 * @param boundMs  Milliseconds after which the process ends all the same; at most 1,000 is decent.
 */
export function deliverAtExit(requests: readonly ExitRequest[], boundMs: number): ExitDelivery {
  if (requests.length === 0) return { answered: 0, attempted: 0, blocked: false, unanswered: [] }
  try {
    const cells = new Int32Array(new SharedArrayBuffer((requests.length + 1) * Int32Array.BYTES_PER_ELEMENT))
    startWorker(workFor(requests, cells))
    Atomics.wait(cells, 0, 0, boundMs)
    // Read once: the thread may still be writing.
    return summary(
      requests,
      Array.from(requests, (_, index) => Atomics.load(cells, index + 1)),
    )
  } catch {
    return { answered: 0, attempted: 0, blocked: true, unanswered: requests }
  }
}

function startWorker(work: ExitWork): void {
  const handedOn = process.env[HANDED_ON]
  const { Worker } = nodeModule('node:worker_threads')
  const worker = new Worker(EXIT_WORKER_SOURCE, {
    eval: true,
    workerData: work,
    // With an environment and arguments of its own, the thread does not load what NODE_OPTIONS preloads here.
    env: handedOn === undefined ? {} : { [HANDED_ON]: handedOn },
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  // Cannot be heard in an exit handler; but an error event without a listener would be thrown if it ever were.
  worker.on('error', () => {})
  worker.unref()
}

function workFor(requests: readonly ExitRequest[], cells: Int32Array): ExitWork {
  const lanes = new Map<string, number[]>()
  for (const [index, { origin, path }] of requests.entries()) {
    const monitor = origin + path.slice(0, path.lastIndexOf('/'))
    const lane = lanes.get(monitor) ?? []
    lanes.set(monitor, lane)
    lane.push(index)
  }
  return {
    cells,
    requests: requests.map(({ origin, path, headers, body = '', proxy, tls }) => ({
      url: origin + path,
      proxy: proxy && {
        protocol: proxy.protocol,
        hostname: proxy.hostname,
        port: proxy.port,
        authorization: proxy.authorization(),
      },
      tls,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
    })),
    lanes: [...lanes.values()],
    parallel: MAX_SOCKETS,
  }
}

function summary(requests: readonly ExitRequest[], states: readonly number[]): ExitDelivery {
  const unanswered = requests.filter((_, index) => !isGood(states[index]))
  return {
    answered: requests.length - unanswered.length,
    attempted: states.filter((state) => state !== NOT_BEGUN).length,
    blocked: false,
    unanswered,
  }
}

function isGood(state: number | undefined): boolean {
  return state !== undefined && state >= 200 && state < 300
}
