import { once, type EventEmitter } from 'node:events'
import { startRedis, type TestServer } from '@crontify/adapter-conformance/servers'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import type { Job, Processor, Queue, QueueOptions, Worker, WorkerOptions } from 'bullmq'
import * as bullmq6 from 'bullmq'
import * as bullmq5 from 'bullmq-5'

/** BullMQ in one of the versions that we support, by the types of the newest. */
export type BullMq = typeof bullmq6

export const VERSIONS: readonly (readonly [string, BullMq])[] = [
  ['6', bullmq6],
  ['5', bullmq5 as unknown as BullMq],
]

/** A Redis, a local Crontify and a watched scheduler, for one test each. */
export interface Rig {
  readonly server: MockServer
  readonly queue: Queue
  readonly connection: { readonly port: number; readonly maxRetriesPerRequest: null }
  readonly monitor: CrontifyMonitor
  readonly work: (processor: Processor | URL, options?: Partial<WorkerOptions>) => Worker
  /** Makes the scheduler fire now: by its first iteration, then by promoting the next one. */
  readonly fire: (options?: Parameters<Queue['upsertJobScheduler']>[2]) => Promise<void>
  /** The kinds of the pings, in the order in which they were accepted, once all are there. */
  readonly pings: () => Promise<string[]>
  /** What became of the runs. */
  readonly runs: () => Promise<string[]>
  readonly close: () => Promise<void>
}

export const SCHEDULER = 'nightly-report'
const HOUR_MS = 3_600_000

let redis: TestServer | undefined
let numberOfQueues = 0

export async function openRedis(): Promise<void> {
  redis = await startRedis()
}

export async function closeRedis(): Promise<void> {
  await redis?.stop()
}

export function connectionToRedis(): Rig['connection'] {
  if (redis === undefined) throw new Error('openRedis comes first')
  return { port: redis.port, maxRetriesPerRequest: null }
}

export async function createRig(
  lib: BullMq,
  { schedulerId = SCHEDULER, ...queueOptions }: Partial<QueueOptions> & { schedulerId?: string } = {},
): Promise<Rig> {
  const connection = connectionToRedis()
  const server = await createMockServer({
    monitors: [{ id: SCHEDULER }],
    rateLimitPerMinute: Infinity,
  })
  const monitor = new CrontifyMonitor({
    apiKey: server.apiKey,
    baseUrl: server.url,
    monitorId: SCHEDULER,
    logger: false,
  })
  const queue = new lib.Queue(`queue-${++numberOfQueues}`, { connection, ...queueOptions })
  const workers: Worker[] = []
  let hasFired = false
  const sent = async (): Promise<void> => {
    await monitor.flush({ withinMs: 5_000 })
  }
  return {
    server,
    queue,
    connection,
    monitor,
    work: (processor, options = {}) => {
      const worker = new lib.Worker(queue.name, processor, { connection, ...options })
      // As every application should have; without it BullMQ writes its errors to the console.
      worker.on('error', () => {})
      workers.push(worker)
      return worker
    },
    fire: async (template = {}) => {
      if (!hasFired) {
        await queue.upsertJobScheduler(
          schedulerId,
          { every: HOUR_MS, offset: Date.now() % HOUR_MS },
          template,
        )
        hasFired = true
      }
      for (const job of await queue.getDelayed()) {
        if (job.repeatJobKey === schedulerId && job.attemptsMade === 0) await job.promote()
      }
    },
    pings: async () => {
      await sent()
      return server.pings().map(({ kind }) => kind)
    },
    runs: async () => {
      await sent()
      return server.runs(SCHEDULER).map(({ status }) => status)
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close(true)))
      await queue.obliterate({ force: true })
      await queue.close()
      await monitor.close()
      await server.close()
    },
  }
}

/** The next time that a worker emits this, and what came with it. */
export async function next(
  worker: Worker,
  event: 'active' | 'completed' | 'failed' | 'stalled' | 'error',
): Promise<unknown[]> {
  return once(
    worker as unknown as EventEmitter,
    event,
    event === 'error' ? { signal: null as never } : undefined,
  )
}

/** The `count`th time that a worker emits this. */
export function nth(worker: Worker, event: 'active' | 'completed' | 'failed', count: number): Promise<Job> {
  let seen = 0
  return new Promise((resolve) => {
    const listener = (job: Job | undefined): void => {
      if (++seen === count && job !== undefined) resolve(job)
    }
    ;(worker as unknown as EventEmitter).on(event, listener)
  })
}

/** Something that a test does by hand later on. */
export function latch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
