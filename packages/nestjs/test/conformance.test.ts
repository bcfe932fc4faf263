import 'reflect-metadata'
import { describeAdapter, type JobOnScheduler, type RunningAdapter } from '@crontify/adapter-conformance'
import { Crontify } from '@crontify/sdk'
import { Injectable } from '@nestjs/common'
import { Cron, ScheduleModule, SchedulerRegistry } from '@nestjs/schedule'
import { Test } from '@nestjs/testing'
import { CrontifyModule, Monitor, scheduleOf } from '../src/index.ts'

/** A job on Nest's scheduler, which logs errors and drops results. */
async function open({ job, monitor, meta }: JobOnScheduler): Promise<RunningAdapter> {
  const errors: unknown[] = []
  const run = (): unknown => job()
  const Watched = monitor === undefined ? () => {} : Monitor('watched-job', { meta } as object)

  @Injectable()
  class JobService {
    @Cron('0 0 1 1 *', { name: 'job' })
    @Watched
    run(): unknown {
      return run()
    }
  }
  const building = Test.createTestingModule({
    imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot({ logger: false, enabled: false })],
    providers: [JobService],
  })
  const module = await building
    .overrideProvider(Crontify)
    .useValue({ enabled: true, monitor: () => monitor, close: async () => {} })
    .compile()
  module.useLogger({
    log: () => {},
    warn: () => {},
    error: (error: unknown) => void errors.push(error),
  })
  await module.init()
  const cronJob = module.get(SchedulerRegistry).getCronJob('job')
  // What Nest hands to cron: its promise resolves when the method has ended and its error was logged.
  const [tick] = (cronJob as unknown as { readonly _callbacks: readonly (() => Promise<void>)[] })._callbacks
  return {
    run: async () => {
      const before = errors.length
      await tick?.()
      return errors.length > before
        ? { type: 'failed', error: errors.at(-1) }
        : { type: 'succeeded', result: undefined }
    },
    close: () => module.close(),
  }
}

describeAdapter(
  '@crontify/nestjs on @nestjs/schedule 12',
  {
    kind: 'job',
    open,
    wrongObjects: [
      { name: 'a name', watch: () => scheduleOf('nightly-report' as never), says: /a cron job.*a string/ },
      { name: 'nothing', watch: () => scheduleOf(undefined as never), says: /undefined/ },
    ],
  },
  {
    'a job that is watched twice is pinged once, with one warning':
      'a method is watched where it is declared, and a second @Monitor is another monitor of the same run',
  },
)
