import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { afterAll, beforeAll, describe } from 'vitest'
import { monitorWork } from '../src/index.ts'
import { openBoss, VERSIONS, type BossRig } from './rig.ts'

const pinger = { start: () => {}, success: () => {}, fail: () => {} }

/** Two workers of one queue; a run is a job of that queue. */
async function workers(
  { boss, newQueue, until }: BossRig,
  { job, monitor, meta }: JobOnScheduler,
): Promise<RunningAdapter> {
  const queue = await newQueue({ retryLimit: 0 })
  const handler = job as () => Promise<unknown>
  const watched = monitor === undefined ? handler : monitorWork(monitor, handler, { meta })
  const options = { includeMetadata: true, pollingIntervalSeconds: 0.5 } as const
  const ids = [await boss.work(queue, options, watched), await boss.work(queue, options, watched)]
  return {
    run: async () => {
      const sent = await boss.send(queue, {})
      for (const id of ids) boss.notifyWorker(id)
      const { state, output } = await until(queue, sent, 'completed', 'failed')
      const seen = output as { readonly message?: unknown } | null
      return state === 'completed'
        ? { type: 'succeeded', result: output }
        : { type: 'failed', error: seen?.message ?? seen }
    },
    close: () => boss.offWork(queue),
  }
}

describe.each(VERSIONS)('on pg-boss %s', (version) => {
  let rig: BossRig
  beforeAll(async () => (rig = await openBoss(version)))
  afterAll(() => rig.close())

  describeAdapter(
    `@crontify/pg-boss on pg-boss ${version}`,
    {
      kind: 'queue',
      open: (setting) => workers(rig, setting),
      wrongObjects: [
        { name: 'a list', watch: () => monitorWork(pinger, [] as never), says: /a handler of pg-boss/ },
        {
          name: 'nothing',
          watch: () => monitorWork(pinger, undefined as never),
          says: /got undefined/,
        },
      ],
    },
    {
      'a job that is watched twice is pinged once, with one warning':
        'boss.work takes the handler once; a handler that is watched twice has a test of its own',
      'a result that throws when it is looked at changes nothing':
        'pg-boss stores each result as JSON, and fails the job itself when that does not work',
    },
  )
})
