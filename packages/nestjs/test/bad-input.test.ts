import { Crontify, defineMonitor } from '@crontify/sdk'
import { Injectable, Module } from '@nestjs/common'
import { Cron, ScheduleModule } from '@nestjs/schedule'
import { expect, it, vi } from 'vitest'
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
