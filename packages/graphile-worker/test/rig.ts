import { startPostgres } from '@crontify/adapter-conformance/servers'
import * as worker17 from 'graphile-worker'
import type { Runner, RunnerOptions, TaskList } from 'graphile-worker'
import * as worker18 from 'graphile-worker-18'

/** A Postgres with the tables of Graphile Worker. */
export interface WorkerRig {
  /** Runs tasks, as another process would: with its own connections. */
  run(taskList: TaskList, options?: RunnerOptions): Promise<Runner>
  /** Adds a job, and gives its id. */
  add(task: string, payload?: unknown, maxAttempts?: number): Promise<string>
  /** Resolves once the job is gone, with undefined, or is as asked. */
  until(id: string, holds?: (job: StoredJob) => boolean): Promise<StoredJob | undefined>
  /** Makes an item of a crontab one that was known and has run until then, so that a backfill begins there. */
  hasRunUntil(identifier: string, time: Date): Promise<void>
  /** Makes a job that waits for its next attempt due. */
  makeDue(id: string): Promise<void>
  close(): Promise<void>
}

/** A job in the table. One that has succeeded is not there. */
export interface StoredJob {
  readonly attempts: number
  readonly max_attempts: number
  readonly last_error: string | null
  readonly locked_at: Date | null
}

export const VERSIONS = ['0.17', '0.18'] as const

const LOOK_EVERY_MS = 20
const QUIET = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
const COLUMNS = 'attempts, max_attempts, last_error, locked_at'

/** A job that has failed for good. */
export const isExhausted = (job: StoredJob): boolean => job.attempts >= job.max_attempts && hasFailed(job)
/** A job that has failed and is to be tried again. */
export const hasFailed = (job: StoredJob): boolean => job.last_error !== null && job.locked_at === null

export async function openWorker(version: (typeof VERSIONS)[number]): Promise<WorkerRig> {
  const postgres = await startPostgres()
  const { run, runMigrations, makeWorkerUtils, Logger } =
    version === '0.17' ? worker17 : (worker18 as unknown as typeof worker17)
  const logger = new Logger(() => (level) => QUIET[level as keyof typeof QUIET]?.())
  const shared = { connectionString: postgres.url, logger }
  await runMigrations(shared)
  const utils = await makeWorkerUtils(shared)
  const runners: Runner[] = []
  return {
    run: async (taskList, options = {}) => {
      const runner = await run({ ...shared, noHandleSignals: true, pollInterval: 100, taskList, ...options })
      runners.push(runner)
      return runner
    },
    add: async (task, payload = {}, maxAttempts = 1) =>
      (await utils.addJob(task, payload, { maxAttempts })).id,
    until: async (id, holds = () => false) => {
      for (;;) {
        const sql = `select ${COLUMNS} from graphile_worker._private_jobs where id = $1`
        const { rows } = await utils.withPgClient((client) => client.query<StoredJob>(sql, [id]))
        const [job] = rows
        if (job === undefined || holds(job)) return job
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      }
    },
    hasRunUntil: async (identifier, time) => {
      const sql = 'insert into graphile_worker._private_known_crontabs values ($1, $2, $2)'
      await utils.withPgClient((client) => client.query(sql, [identifier, time]))
    },
    makeDue: async (id) => {
      await utils.rescheduleJobs([id], { runAt: new Date() })
    },
    close: async () => {
      for (const runner of runners) await runner.stop().catch(() => {})
      await utils.release()
      await postgres.stop()
    },
  }
}
