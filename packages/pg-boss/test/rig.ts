import { startPostgres, type TestServer } from '@crontify/adapter-conformance/servers'
import { PgBoss as PgBoss12 } from 'pg-boss'
import PgBoss10 from 'pg-boss-10'

/** pg-boss in one of the versions that we support, by the types of version 10. */
export type Boss = PgBoss10

/** A Postgres and a boss on it. */
export interface BossRig {
  readonly boss: Boss
  /** Another process, as far as pg-boss and Crontify can tell: with its own connection and its own workers. */
  secondBoss(): Promise<Boss>
  /** A queue of its own for one test. */
  newQueue(options?: Omit<PgBoss10.Queue, 'name'>): Promise<string>
  /** Wakes the workers: pg-boss looks for jobs twice a second by itself. Resolves once the job has this state. */
  until(queue: string, id: string | null, ...states: readonly string[]): Promise<PgBoss10.JobWithMetadata>
  close(): Promise<void>
}

const LOOK_EVERY_MS = 20
const STOP = { graceful: false, timeout: 1_000 }

export const VERSIONS = ['10', '12'] as const

export async function openBoss(version: (typeof VERSIONS)[number]): Promise<BossRig> {
  const postgres: TestServer = await startPostgres()
  const bosses: Boss[] = []
  const start = async (): Promise<Boss> => {
    const boss =
      version === '10' ? new PgBoss10(postgres.url) : (new PgBoss12(postgres.url) as unknown as PgBoss10)
    boss.on('error', () => {})
    await boss.start()
    bosses.push(boss)
    return boss
  }
  const boss = await start()
  let numberOfQueues = 0
  return {
    boss,
    secondBoss: start,
    newQueue: async (options = {}) => {
      const name = `queue-${++numberOfQueues}`
      await boss.createQueue(name, { name, ...options })
      return name
    },
    until: async (queue, id, ...states) => {
      for (;;) {
        const job =
          id === null ? null : ((await boss.getJobById(queue, id)) as PgBoss10.JobWithMetadata | null)
        if (job !== null && states.includes(job.state)) return job
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      }
    },
    close: async () => {
      for (const each of bosses) await each.stop(STOP)
      await postgres.stop()
    },
  }
}
