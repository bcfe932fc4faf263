import { Crontify, defineMonitor } from '@crontify/sdk'
import { Injectable, Logger, Module } from '@nestjs/common'
import { Cron, ScheduleModule } from '@nestjs/schedule'
import { expect, it, onTestFinished, vi } from 'vitest'
import { CrontifyModule, Monitor } from '../src/index.ts'
import { openService, start } from './support/application.ts'

const DAILY = '0 0 1 1 *'

it.each([
  ['an empty id', '', 'got ""'],
  ['an id with a space', 'nightly report', 'got "nightly report"'],
  ['a number', 3, 'got 3'],
  ['a definition without an id', { schedule: DAILY }, 'got an object'],
])('says where @Monitor was given %s, and the job runs', async (_name, ref, got) => {
  const { server, warnings, options } = await openService()
  @Injectable()
  class Reports {
    @Monitor(ref as string)
    @Cron(DAILY)
    nightly(): string {
      return 'done'
    }
  }
  const app = await start({ imports: [CrontifyModule.forRoot(options)], providers: [Reports] })

  expect(app.get(Reports).nightly()).toBe('done')

  expect(warnings).toEqual([
    expect.stringContaining('@Monitor on Reports.nightly must be given a monitor id'),
  ])
  expect(warnings[0]).toContain(`${got}. The job runs without pings.`)
  await app.close()
  expect(server.pings()).toEqual([])
})

it('says which id is not among the monitors, and sends its pings', async () => {
  const { server, warnings, options } = await openService('nightly-reprot')
  @Injectable()
  class Reports {
    @Monitor('nightly-reprot')
    @Cron(DAILY)
    nightly(): void {}
  }
  const monitors = [defineMonitor({ id: 'nightly-report' })]
  const app = await start({
    imports: [CrontifyModule.forRoot({ ...options, monitors })],
    providers: [Reports],
  })

  app.get(Reports).nightly()
  await app.close()

  expect(warnings).toEqual([
    '[crontify] @Monitor on Reports.nightly must be given one of the monitors of CrontifyModule, got "nightly-reprot". Did you mean "nightly-report"? Its pings are sent under this id.',
  ])
  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it('says that the service does not know an id', async () => {
  const { warnings, options } = await openService()
  @Injectable()
  class Reports {
    @Monitor('no-such-monitor')
    nightly(): string {
      return 'done'
    }
  }
  const app = await start({ imports: [CrontifyModule.forRoot(options)], providers: [Reports] })

  expect(app.get(Reports).nightly()).toBe('done')
  await app.close()

  expect(warnings.join()).toContain('no-such-monitor')
})

it('watches a job once where the module is registered twice', async () => {
  const { server, warnings, options } = await openService('job')
  @Injectable()
  class Reports {
    @Monitor('job')
    @Cron(DAILY)
    nightly(): void {}
  }
  @Module({ imports: [CrontifyModule.forRoot({ ...options, closeWithinMs: 4_000 })] })
  class Feature {}
  const app = await start({
    imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot(options), Feature],
    providers: [Reports],
  })

  app.get(Reports).nightly()
  await app.close()

  expect(warnings).toEqual([
    expect.stringContaining('must be registered once, in the root module, got 2 registrations'),
  ])
  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it('runs jobs without an API key, and says why nothing is sent', async () => {
  vi.stubEnv('CRONTIFY_API_KEY', '')
  const { warnings, options } = await openService()
  @Injectable()
  class Reports {
    @Monitor('job')
    nightly(): string {
      return 'done'
    }
  }
  const app = await start({
    imports: [CrontifyModule.forRoot({ ...options, apiKey: undefined })],
    providers: [Reports],
  })

  expect(app.get(Reports).nightly()).toBe('done')

  expect(app.get(Crontify).enabled).toBe(false)
  expect(warnings).toEqual([expect.stringContaining('apiKey is missing')])
  vi.unstubAllEnvs()
})

it('does not start without an API key where silent is false', async () => {
  vi.stubEnv('CRONTIFY_API_KEY', '')

  await expect(start({ imports: [CrontifyModule.forRoot({ silent: false })] })).rejects.toThrow(
    'apiKey is missing',
  )
  vi.unstubAllEnvs()
})

it('says that @Monitor is on something else than a method', () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

  ;(Monitor('job') as (target: unknown) => void)(class Reports {})

  expect(String(emitWarning.mock.calls[0]?.[0])).toContain('@Monitor must be on a method')
  emitWarning.mockRestore()
})

it('names the @Cron methods without a monitor at the start, and those alone', async () => {
  const { warnings, options } = await openService()
  @Injectable()
  class Reports {
    @Cron(DAILY)
    nightly(): void {}

    @Cron(DAILY, { disabled: true })
    disabled(): void {}

    @Monitor(false)
    @Cron(DAILY)
    onPurpose(): void {}

    @Monitor('weekly')
    @Cron(DAILY)
    weekly(): void {}
  }
  const imports = [ScheduleModule.forRoot()]

  await start({ imports: [...imports, CrontifyModule.forRoot(options)], providers: [Reports] })
  await start({
    imports: [...imports, CrontifyModule.forRoot({ ...options, noticeUnmonitored: false })],
    providers: [Reports],
  })

  expect(warnings).toEqual([
    '[crontify] 1 @Cron method has no monitor: Reports.nightly. Add @Monitor(id), or @Monitor(false) for a job that needs none.',
  ])
})

it('says that one monitor is on two methods', async () => {
  const { warnings, options } = await openService()
  @Injectable()
  class Reports {
    @Monitor('job')
    nightly(): void {}

    @Monitor('job')
    weekly(): void {}
  }

  await start({ imports: [CrontifyModule.forRoot(options)], providers: [Reports] })

  expect(warnings).toEqual([expect.stringContaining('got "job" on Reports.nightly, Reports.weekly')])
})

it.each([
  [
    { closeWithinMs: -1 },
    'closeWithinMs of CrontifyModule must be a number of milliseconds, 0 or more, got -1. The default is used.',
  ],
  [
    { closeWithinMs: NaN },
    'closeWithinMs of CrontifyModule must be a number of milliseconds, 0 or more, got NaN. The default is used.',
  ],
  [
    { closeWithinMs: '5s' },
    'closeWithinMs of CrontifyModule must be a number of milliseconds, 0 or more, got "5s". The default is used.',
  ],
  [
    { noticeUnmonitored: 'no' },
    'noticeUnmonitored of CrontifyModule must be true or false, got "no". The default is used.',
  ],
  [
    { monitors: [null] },
    'monitors of CrontifyModule must be a list of definitions, got null as entry 1. This entry is ignored.',
  ],
  [
    { monitors: [{ id: 'job' }, { schedule: DAILY }] },
    'monitors of CrontifyModule must be a list of definitions, got an object as entry 2. This entry is ignored.',
  ],
  [
    { monitors: { job: {} } },
    'monitors of CrontifyModule must be a list of definitions, got an object. It is ignored.',
  ],
  [{ monitors: null }, 'monitors of CrontifyModule must be a list of definitions, got null. It is ignored.'],
])('starts with the options %j, and says what is wrong with them', async (given, message) => {
  const { server, warnings, options } = await openService('job')
  @Injectable()
  class Reports {
    @Monitor('job')
    nightly(): void {}
  }
  const app = await start({
    imports: [CrontifyModule.forRoot({ ...options, ...(given as object) })],
    providers: [Reports],
  })

  app.get(Reports).nightly()
  await app.close()

  expect(warnings).toEqual([`[crontify] ${message}`])
  expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
})

it.each([
  [null, 'null'],
  ['ck_live_example', '"ck_live_example"'],
  [[], 'a list'],
])('starts with %j for its options, and says so', async (given, got) => {
  const warned = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
  onTestFinished(() => warned.mockRestore())

  await start({ imports: [CrontifyModule.forRoot(given as never)] })
  await start({ imports: [CrontifyModule.forRootAsync({ useFactory: () => given as never })] })

  const message = `The options of CrontifyModule must be an object, got ${got}. They are ignored.`
  expect(warned.mock.calls.filter(([text]) => text === message)).toHaveLength(2)
})

it.each([null, undefined, 'x'])('refuses %j for the options of forRootAsync', (given) => {
  expect(() => CrontifyModule.forRootAsync(given as never)).toThrow(
    'CrontifyModule.forRootAsync must be given an object with useFactory, useClass or useExisting',
  )
})
