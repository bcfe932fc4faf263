import { expect } from 'vitest'
import type { Job } from './adapter-harness.ts'
import { allSent, MONITOR, type Stage } from './stage.ts'

/** A job that fails: one fail ping, and the scheduler sees the error as it would without us. */
async function failsAlike(stage: Stage, job: Job, message?: string): Promise<void> {
  const watcher = stage.monitor()
  const running = await stage.watched({ job, monitor: watcher })

  const seen = await running.run()
  await allSent(watcher)

  expect(seen).toEqual(await (await stage.bare(job)).run())
  expect(stage.pings()).toEqual(['start', 'fail'])
  if (message !== undefined) expect(stage.server.runs(MONITOR)[0]?.errorMessage).toContain(message)
  expect(stage.server.alerts().map(({ type }) => type)).toEqual(['failure'])
}

export const failureRows = {
  'a job that rejects': (stage: Stage): Promise<void> =>
    failsAlike(stage, () => Promise.reject(new RangeError('disk is full')), 'disk is full'),

  'a job that throws before it returns': (stage: Stage): Promise<void> =>
    failsAlike(
      stage,
      () => {
        throw new RangeError('disk is full')
      },
      'disk is full',
    ),

  'a job that throws a text': (stage: Stage): Promise<void> =>
    failsAlike(stage, () => Promise.reject('disk is full'), 'disk is full'),

  'a job that throws undefined': (stage: Stage): Promise<void> =>
    failsAlike(stage, () => Promise.reject(undefined)),
} as const
