import { fileURLToPath } from 'node:url'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import { createRunTracker } from '@crontify/sdk/adapter'
import cron, { type ScheduledTask, type TaskFn, type TaskOptions } from 'node-cron'
import { afterEach } from 'vitest'

export const EVERY_SECOND = '* * * * * *'
export const NEVER_SOON = '0 0 1 1 *'
const ID = 'nightly-backup'
const open: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** What a test sees of its monitor, and how. */
export interface Rig {
  readonly server: MockServer
  readonly monitor: CrontifyMonitor
  /** The states of the runs that the server knows, once all pings sent so far have arrived. */
  readonly seen: () => Promise<string[]>
}

/** A local Crontify with one monitor, and the monitor. */
export async function setUp(): Promise<Rig> {
  const server = await createMockServer({ monitors: [{ id: ID }], rateLimitPerMinute: Infinity })
  open.push(() => server.close())
  const monitor = new CrontifyMonitor({ apiKey: server.apiKey, monitorId: ID, baseUrl: server.url })
  const runs = createRunTracker(monitor)
  const seen = async (): Promise<string[]> => {
    await runs.settled(5_000)
    return server.runs(ID).map(({ status }) => status)
  }
  return { server, monitor, seen }
}

/** A task of the real library that runs a function. The test's end destroys it. */
export function task(job: TaskFn, options: TaskOptions = {}, pattern: string = NEVER_SOON): ScheduledTask {
  return destroyedAtEnd(cron.createTask(pattern, job, { name: ID, logger: quiet, ...options }))
}

/** A task that runs a file of `test/files`, in a process of its own. */
export function fileTask(
  file: string,
  options: TaskOptions = {},
  pattern: string = NEVER_SOON,
): ScheduledTask {
  const path = fileURLToPath(new URL(`../files/${file}`, import.meta.url))
  return destroyedAtEnd(cron.createTask(pattern, path, { name: ID, logger: quiet, ...options }))
}

/** Stopped first: `destroy()` of a file task ends its process, now and then before that has told of it, and then waits 5 s. */
export function destroyedAtEnd(made: ScheduledTask): ScheduledTask {
  open.push(async () => {
    await made.stop()
    await made.destroy()
  })
  return made
}

/** A logger of node-cron for tests whose tasks fail on purpose. */
export const quiet: NonNullable<TaskOptions['logger']> = {
  info: () => {},
  warn: () => {},
  error: () => {},
  debug: () => {},
}

/** Resolves at the next event of this kind. */
export function eventOf(made: ScheduledTask, event: Parameters<ScheduledTask['on']>[0]): Promise<void> {
  return new Promise((resolve) => made.on(event, () => resolve()))
}
