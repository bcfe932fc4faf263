import { monitorAgenda, scheduleOf, setMeta } from '@crontify/agenda'
import type { Pinger } from '@crontify/sdk/adapter'
import { Every, JobsController, registerJobs, type Job } from 'agenda'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createRig, latch, MONITOR, nth, runAgain, type Rig } from './rig.ts'
import { openRedisStore, type RedisStore } from './redis-store.ts'

let store: RedisStore
const rigs: Rig[] = []

beforeAll(async () => {
  store = await openRedisStore()
})
afterAll(() => store.close())
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close()
})

async function setUp(): Promise<Rig> {
  const rig = await createRig(() => store.createBackend())
  rigs.push(rig)
  return rig
}

it('leaves a job that calls back as it is', async () => {
  const { monitor, jobName, instance, pings } = await setUp()
  const agenda = instance()
  const called = latch()
  agenda.define(jobName, (_job: Job, done: (error?: Error) => void) => {
    void called.opened.then(() => done())
  })
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const began = nth(agenda, 'start', jobName)
  const ended = nth(agenda, 'complete', jobName)
  await agenda.every('1 hour', jobName)
  await began
  expect(await pings()).toEqual(['start'])

  called.open()
  await ended

  expect(await pings()).toEqual(['start', 'success'])
})

it('watches jobs of decorated classes by their full name', async () => {
  const { monitor, jobName, instance, pings } = await setUp()
  class Reports {
    async nightly(job: Job): Promise<void> {
      setMeta(job, { rows: 3 })
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Reports.prototype, 'nightly') ?? {}
  Every('1 hour')(Reports.prototype, 'nightly', descriptor)
  JobsController({ namespace: jobName })(Reports)
  const agenda = instance()
  registerJobs(agenda, [new Reports()])
  const name = `${jobName}.nightly`
  monitorAgenda(agenda, { monitors: { [name]: monitor } })
  const done = nth(agenda, 'complete', name)

  await agenda.start()
  await done

  expect(await pings()).toEqual(['start', 'success'])
})

it('sends nothing more where a second deployment registers the same job again', async () => {
  const { monitor, jobName, instance, pings } = await setUp()
  const agenda = instance()
  agenda.define(jobName, async () => {})
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const done = nth(agenda, 'complete', jobName)
  await agenda.every('1 hour', jobName)
  await done

  const job = await agenda.every('1 hour', jobName)
  const again = nth(agenda, 'complete', jobName)
  await runAgain(job)
  await again

  expect(await pings()).toEqual(['start', 'success', 'start', 'success'])
})

it('loses no ping when Agenda is drained and the monitor flushed', async () => {
  const { server, monitor, jobName, instance } = await setUp()
  const agenda = instance()
  const end = latch()
  agenda.define(jobName, () => end.opened)
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const began = nth(agenda, 'start', jobName)
  await agenda.every('1 hour', jobName)
  await began

  const drained = agenda.drain()
  end.open()
  await drained
  await monitor.flush({ withinMs: 5_000 })

  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it.each([
  [
    'throws',
    () => {
      throw new Error('broken')
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
])('changes nothing about the job where the function of monitors %s', async (_how, broken) => {
  const { jobName, instance, pings } = await setUp()
  const agenda = instance()
  agenda.define(jobName, async () => {})
  monitorAgenda(agenda, { monitors: broken as never, onNotice: broken as never })
  await agenda.start()
  const done = nth(agenda, 'success', jobName)

  await agenda.every('1 hour', jobName)
  await done

  expect(await pings()).toEqual([])
})

it('lets a job run to its end while a ping never ends, and while pings throw', async () => {
  const { jobName, instance } = await setUp()
  const kinds: string[] = []
  const monitor = {
    start: () => {
      kinds.push('start')
      return new Promise(() => {})
    },
    success: () => {
      kinds.push('success')
      throw new Error('refused')
    },
    fail: () => void kinds.push('fail'),
  } satisfies Pinger
  const agenda = instance()
  agenda.define(jobName, async () => {})
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const done = nth(agenda, 'success', jobName)
  const complete = nth(agenda, 'complete', jobName)

  await agenda.every('1 hour', jobName)
  await done
  await complete

  expect(kinds).toEqual(['start', 'success'])
})

it.each([
  ['a text', 'disk is full', 'disk is full'],
  ['an object', { code: 7 }, 'an object was thrown (with code)'],
])('reports a failure when the job throws %s', async (_what, thrown, errorMessage) => {
  const { server, monitor, jobName, instance, runs } = await setUp()
  const agenda = instance()
  agenda.define(jobName, () => Promise.reject(thrown as unknown as Error))
  monitorAgenda(agenda, { monitors: { [jobName]: monitor } })
  await agenda.start()
  const done = nth(agenda, 'complete', jobName)

  await agenda.every('1 hour', jobName)
  await done

  expect(await runs()).toEqual(['failed'])
  expect(server.runs(MONITOR)[0]).toMatchObject({ errorMessage })
})

it('reads the schedule of a job that the store gives back', async () => {
  const { jobName, instance } = await setUp()
  const agenda = instance()
  agenda.define(jobName, async () => {})

  await agenda.every('0 2 * * *', jobName, undefined, { timezone: 'Europe/Berlin' })
  const { jobs } = await agenda.queryJobs({ name: jobName })

  const [stored] = jobs
  expect(stored === undefined ? undefined : scheduleOf({ attrs: stored })).toEqual({
    schedule: '0 2 * * *',
    timezone: 'Europe/Berlin',
    scheduleDialect: 'cron-parser',
  })
})
