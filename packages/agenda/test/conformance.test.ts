import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { Agenda, type Job } from 'agenda'
import { afterAll, beforeAll } from 'vitest'
import { monitorAgenda } from '../src/index.ts'
import { openRedisStore, type RedisStore } from './redis-store.ts'

let store: RedisStore

beforeAll(async () => {
  store = await openRedisStore()
})
afterAll(() => store.close())

type Seen = Awaited<ReturnType<RunningAdapter['run']>>

let numberOfJobs = 0

function idOf(job: Job): string {
  return String(job.attrs._id)
}

/** An Agenda with one kind of job, which is run at once. */
async function agenda({ job, monitor }: JobOnScheduler): Promise<RunningAdapter> {
  const name = `conformance-${++numberOfJobs}`
  const instance = new Agenda({
    backend: store.createBackend(),
    processEvery: 20,
    defaultLockLifetime: 60_000,
  })
  instance.define(name, async () => void (await job()), { concurrency: 2 })
  const watch = (): unknown =>
    monitor && monitorAgenda(instance, { monitors: { [name]: monitor }, jobs: 'all' })
  watch()
  const seen = new Map<string, Seen>()
  const ended = new Map<string, () => void>()
  instance.on('success', (done: Job) => {
    seen.set(idOf(done), { type: 'succeeded', result: undefined })
  })
  instance.on('fail', (_error: Error, done: Job) => {
    seen.set(idOf(done), { type: 'failed', error: done.attrs.failReason })
  })
  // Comes after both, and only then Agenda knows whether a retry follows. Perhaps before `now` has told the id.
  const over = new Set<string>()
  instance.on('complete', (done: Job) => {
    over.add(idOf(done))
    ended.get(idOf(done))?.()
  })
  await instance.start()
  return {
    run: async () => {
      const id = idOf(await instance.now(name))
      if (!over.has(id)) await new Promise<void>((resolve) => ended.set(id, resolve))
      return seen.get(id) ?? { type: 'failed', error: 'Agenda has not said how the job ended' }
    },
    watchAgain: watch,
    close: () => instance.stop(false),
  }
}

const noResult =
  'Agenda keeps no result of a job: its metadata come from setMeta, which has tests of its own in this package'

describeAdapter(
  '@crontify/agenda on Redis',
  {
    kind: 'queue',
    open: agenda,
    wrongObjects: [
      {
        name: 'a job',
        watch: () => monitorAgenda((() => {}) as never, { monitors: {} }),
        says: /this is a function/,
      },
      {
        name: 'nothing',
        watch: () => monitorAgenda(undefined as never, { monitors: {} }),
        says: /is undefined/,
      },
    ],
  },
  {
    'the finite numbers of the result become metadata': noResult,
    'the option meta makes the metadata': noResult,
    'an option meta that throws costs the metadata and nothing else': noResult,
    'with a schema only its fields of the result are sent': noResult,
    'meta: false sends nothing of the result': noResult,
  },
)
