import { setImmediate as turn } from 'node:timers/promises'
import type { MockServer } from '@crontify/mock-server'
import { createRunTracker } from '@crontify/sdk/adapter'
import type { CrontifyMonitor } from '@crontify/sdk'
import type { ScheduledTask } from 'node-cron'
import type { JobName } from './monitors.ts'

const MINUTE_MS = 60_000

/** The time of the demo, and the jobs that live in it. */
export interface VirtualDay {
  /** Resolves when the virtual time has moved on by so much. */
  readonly sleep: (ms: number) => Promise<void>
  readonly around: <Result>(job: () => Promise<Result>) => Promise<Result>
  /**
   * Lets time pass minute by minute. In each minute: what is due of the story, then the sleepers, then each task
   * that node-cron itself says is due; then everybody's work and pings are waited for.
   */
  run(hours: number, story: Story, tasks: Tasks, clients: Clients, pace: Pace): Promise<void>
}

/** Waited for before each virtual hour, so that somebody can look on. */
export type Pace = () => Promise<void>

/** What happens at a time of day such as `06:00`. */
export type Story = Readonly<
  Record<string, (day: { readonly stopped: Set<JobName> }) => Promise<void> | void>
>
type Tasks = Readonly<Record<JobName, ScheduledTask>>
type Clients = Readonly<Record<JobName, CrontifyMonitor>>

/** A day on the virtual clock of a local Crontify. */
export function createVirtualDay(server: MockServer): VirtualDay {
  const sleepers: { readonly wakeAt: number; readonly wake: () => void }[] = []
  let working = 0
  let whenQuiet: (() => void)[] = []
  const now = (): number => Date.parse(server.now())
  const count = (change: 1 | -1): void => {
    working += change
    if (working > 0) return
    for (const resume of whenQuiet) resume()
    whenQuiet = []
  }
  /** Resolves when every job has ended or sleeps. */
  const quiet = (): Promise<void> =>
    working === 0 ? Promise.resolve() : new Promise((resume) => whenQuiet.push(resume))

  const wakeSleepers = (): void => {
    for (const sleeper of sleepers.splice(0)) {
      if (sleeper.wakeAt > now()) sleepers.push(sleeper)
      else sleeper.wake()
    }
  }
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        count(-1)
        const wake = (): void => {
          count(1)
          resolve()
        }
        sleepers.push({ wakeAt: now() + ms, wake })
      }),
    around: async (job) => {
      count(1)
      try {
        return await job()
      } finally {
        count(-1)
      }
    },
    run: async (hours, story, tasks, clients, pace) => {
      const stopped = new Set<JobName>()
      const trackers = Object.values(clients).map((client) => createRunTracker(client))
      for (let minute = 0; minute < hours * 60; minute++) {
        if (minute % 60 === 0) await pace()
        await story[timeOf(now(), minute)]?.({ stopped })
        wakeSleepers()
        const due = (Object.keys(tasks) as JobName[]).filter(
          (name) => !stopped.has(name) && tasks[name].match(new Date(now())),
        )
        await Promise.all(due.map((name) => begin(tasks[name])))
        await quiet()
        // One turn of the loop, in which the ends of the jobs become pings.
        await turn()
        await Promise.all(trackers.map((tracker) => tracker.settled(10_000)))
        await server.advance(MINUTE_MS)
      }
    },
  }
}

/** Runs a task by node-cron's own trigger and resolves when its job has begun. */
function begin(task: ScheduledTask): Promise<void> {
  return new Promise((resolve) => {
    const began = (): void => {
      task.off('execution:started', began)
      resolve()
    }
    task.on('execution:started', began)
    // Errors of jobs are node-cron's and Crontify's to tell.
    task.execute().catch(() => {})
  })
}

/** `06:00` on the first day, `+06:00` on the second. */
function timeOf(at: number, minute: number): string {
  return `${minute >= 24 * 60 ? '+' : ''}${new Date(at).toISOString().slice(11, 16)}`
}
