import { createMockServer, type MockServer } from '@crontify/mock-server'
import { CrontifyMonitor } from '@crontify/sdk'
import { Agenda, type AgendaBackend, type AgendaOptions, type Job } from 'agenda'

export const MONITOR = 'nightly-report'

/** A local Crontify and any number of Agendas over one store, for one test. */
export interface Rig {
  readonly server: MockServer
  readonly monitor: CrontifyMonitor
  /** The name of the job, new for each test, since tests share a store. */
  readonly jobName: string
  /** An instance that is not started. Instances with different names hear each other's events. */
  readonly instance: (name?: string, options?: Partial<AgendaOptions>) => Agenda
  /** The kinds of the pings, in the order in which they were accepted, once all are there. */
  readonly pings: () => Promise<string[]>
  readonly runs: () => Promise<string[]>
  readonly close: () => Promise<void>
}

let numberOfJobs = 0

export async function createRig(createBackend: () => AgendaBackend): Promise<Rig> {
  const server = await createMockServer({ monitors: [{ id: MONITOR }], rateLimitPerMinute: Infinity })
  const monitor = new CrontifyMonitor({
    apiKey: server.apiKey,
    baseUrl: server.url,
    monitorId: MONITOR,
    logger: false,
  })
  const instances: Agenda[] = []
  const sent = async (): Promise<void> => {
    await monitor.flush({ withinMs: 5_000 })
  }
  return {
    server,
    monitor,
    jobName: `report-${++numberOfJobs}`,
    instance: (name = '', options = {}) => {
      const agenda = new Agenda({
        backend: createBackend(),
        name,
        processEvery: 50,
        // The timer of an abandoned check would hold the process as long as this.
        defaultLockLifetime: 2_000,
        ...options,
      })
      instances.push(agenda)
      return agenda
    },
    pings: async () => {
      await sent()
      return server.pings().map(({ kind }) => kind)
    },
    runs: async () => {
      await sent()
      return server.runs(MONITOR).map(({ status }) => status)
    },
    close: async () => {
      await Promise.all(instances.map((agenda) => agenda.stop(false)))
      await monitor.close()
      await server.close()
    },
  }
}

/** The `count`th time from now that this instance itself emits this for a job, and what came with it. */
export function nth(
  agenda: Agenda,
  event: 'start' | 'success' | 'fail' | 'complete',
  jobName: string,
  count = 1,
): Promise<unknown[]> {
  let seen = 0
  return new Promise((resolve) => {
    agenda.on(
      `${event}:${jobName}` as never,
      ((...parameters: unknown[]) => {
        if (parameters.at(-1) !== true && ++seen === count) resolve(parameters)
      }) as never,
    )
  })
}

/** Lets a recurring job run now, besides its interval. */
export async function runAgain(job: Job<never> | Job<void>): Promise<void> {
  await job.schedule(new Date()).save()
}

/** Something that a test does by hand later on. */
export function latch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
