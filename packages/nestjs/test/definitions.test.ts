import { createMockServer } from '@crontify/mock-server'
import { defineMonitor } from '@crontify/sdk'
import { Injectable } from '@nestjs/common'
import { Cron, CronExpression, Interval, ScheduleModule, SchedulerRegistry, Timeout } from '@nestjs/schedule'
import { CronJob } from 'cron'
import { expect, it } from 'vitest'
import { CrontifyModule, Monitor, MonitoredJobs, scheduleOf } from '../src/index.ts'
import { openService, start } from './support/application.ts'

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

it('derives definitions from the scheduler, and keeps what is defined', async () => {
  const { options } = await openService()
  const fixed = defineMonitor({ id: 'fixed', schedule: '0 4 * * *', tags: ['money'] })
  @Injectable()
  class Jobs {
    @Monitor('in-berlin')
    @Cron('0 2 * * *', { name: 'berlin', timeZone: 'Europe/Berlin' })
    berlin(): void {}

    @Cron('@weekdays')
    @Monitor('unnamed')
    unnamed(): void {}

    @Monitor('ahead')
    @Cron('30 2 * * *', { utcOffset: 120 })
    ahead(): void {}

    @Monitor('half')
    @Cron('30 2 * * *', { utcOffset: 330 })
    half(): void {}

    @Monitor('minutely')
    @Interval(90_000)
    minutely(): void {}

    @Monitor('once')
    @Timeout(60_000)
    once(): void {}

    @Monitor(fixed)
    @Cron('0 5 * * *')
    fixed(): void {}
  }
  const app = await start({
    imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot({ ...options, monitors: [{ id: 'added' }] })],
    providers: [Jobs],
  })
  const added = CronJob.from({ cronTime: '0 6 * * *', onTick: () => {}, timeZone: 'Asia/Tokyo' })
  app.get(SchedulerRegistry).addCronJob('added', added as never)

  const definitions = app.get(MonitoredJobs).definitions()

  const cron = { scheduleDialect: 'cron' }
  const derived = definitions.filter(({ id }) =>
    ['in-berlin', 'unnamed', 'ahead', 'half', 'minutely', 'once', 'fixed', 'added'].includes(id),
  )
  expect(derived).toEqual([
    { id: 'in-berlin', schedule: '0 2 * * *', timezone: 'Europe/Berlin', ...cron },
    { id: 'unnamed', schedule: '@weekdays', timezone: HERE, ...cron },
    { id: 'ahead', schedule: '30 2 * * *', timezone: 'Etc/GMT-2', ...cron },
    { id: 'half' },
    { id: 'minutely', everySeconds: 90 },
    { id: 'once' },
    { id: 'fixed', schedule: '0 4 * * *', tags: ['money'] },
    { id: 'added', schedule: '0 6 * * *', timezone: 'Asia/Tokyo', ...cron },
  ])
  const server = await createMockServer({ monitors: derived })
  await server.close()
})

it('reads a schedule that was changed since the start', async () => {
  const { options } = await openService()
  @Injectable()
  class Jobs {
    @Monitor('moved')
    @Cron('0 2 * * *', { name: 'moved', timeZone: 'Etc/UTC' })
    moved(): void {}
  }
  const app = await start({
    imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot(options)],
    providers: [Jobs],
  })
  const job = app.get(SchedulerRegistry).getCronJob('moved') as unknown as CronJob
  const { cronTime } = CronJob.from({ cronTime: '0 3 * * *', onTick: () => {}, timeZone: 'Etc/UTC' })
  job.setTime(cronTime)

  expect(
    app
      .get(MonitoredJobs)
      .definitions()
      .find(({ id }) => id === 'moved')?.schedule,
  ).toBe('0 3 * * *')
})

it('lists what runs, and what watches it', async () => {
  const { options } = await openService()
  @Injectable()
  class Jobs {
    @Monitor('job')
    @Cron('0 2 * * *')
    watched(): void {}

    @Interval(90_000)
    bare(): void {}
  }
  const app = await start({
    imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot(options)],
    providers: [Jobs],
  })

  expect(app.get(MonitoredJobs).list()).toEqual([
    { method: 'Jobs.watched', kind: 'cron', monitorId: 'job' },
    { method: 'Jobs.bare', kind: 'interval', monitorId: undefined },
  ])
})

it.each(Object.entries(CronExpression))('makes a definition of CronExpression.%s', (_name, cronTime) => {
  const job = CronJob.from({ cronTime, onTick: () => {}, timeZone: 'Etc/UTC' })

  expect(defineMonitor({ id: 'job', ...scheduleOf(job) }).schedule).toBe(cronTime)
})

it.each([
  ['a name', 'job', 'a cron job'],
  ['a job of one date', CronJob.from({ cronTime: new Date(4e12), onTick: () => {} }), 'runs once'],
  [
    'a utcOffset of half hours',
    CronJob.from({ cronTime: '0 2 * * *', onTick: () => {}, utcOffset: 330 }),
    'utcOffset must be whole hours',
  ],
])('refuses to make a schedule of %s', (_name, job, text) => {
  expect(() => scheduleOf(job as never)).toThrow(text)
})
