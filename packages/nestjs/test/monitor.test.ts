import { Crontify, defineMonitor, type CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { Cron, Interval, ScheduleModule, Timeout } from '@nestjs/schedule'
import { expect, it, vi } from 'vitest'
import { CrontifyModule, getMonitorToken, InjectMonitor, Monitor } from '../src/index.ts'
import { openService, start } from './support/application.ts'

const DAILY = '0 0 1 1 *'

it('lets Nest run the jobs of all three decorators, with @Monitor above or below', async () => {
  const { server, options } = await openService('above', 'below', 'interval', 'timeout')
  @Injectable()
  class Jobs {
    @Monitor('above')
    @Cron('* * * * * *')
    above(): object {
      return { rows: 1 }
    }

    @Cron('* * * * * *')
    @Monitor('below')
    async below(): Promise<object> {
      return { rows: 2 }
    }

    @Monitor('interval')
    @Interval(5)
    interval(): void {}

    @Timeout(5)
    @Monitor('timeout')
    timeout(): never {
      throw new Error('disk is full')
    }
  }

  await start({ imports: [ScheduleModule.forRoot(), CrontifyModule.forRoot(options)], providers: [Jobs] })

  await expect
    .poll(() => ['above', 'below', 'interval', 'timeout'].map((id) => server.runs(id)[0]?.status), {
      timeout: 10_000,
    })
    .toEqual(['success', 'success', 'success', 'failed'])
  expect(server.runs('above')[0]?.meta).toMatchObject({ rows: 1 })
  expect(server.runs('below')[0]?.meta).toMatchObject({ rows: 2 })
  expect(server.runs('timeout')[0]?.errorMessage).toBe('disk is full')
})

it('keeps this, arguments, length, name and result, and finds the current run', async () => {
  const { server, options } = await openService('job')
  @Injectable()
  class Jobs {
    readonly factor = 2

    @Monitor('job', { meta: (sum: number) => ({ sum }) })
    @Cron(DAILY)
    double(value: number): number {
      currentRun()?.meta({ value })
      return value * this.factor
    }
  }
  const app = await start({ imports: [CrontifyModule.forRoot(options)], providers: [Jobs] })
  const jobs = app.get(Jobs)

  expect(jobs.double(21)).toBe(42)

  expect([jobs.double.name, jobs.double.length]).toEqual(['double', 1])
  await app.close()
  expect(server.runs('job')[0]).toMatchObject({ status: 'success', meta: { sum: 42, value: 21 } })
})

it('injects the client and monitors, with options that another provider makes', async () => {
  const { server, options } = await openService('by-id', 'by-definition')
  const definition = defineMonitor({ id: 'by-definition', graceSeconds: 60 })
  @Injectable()
  class Imports {
    @Inject(Crontify) readonly crontify!: Crontify
    @InjectMonitor('by-id') readonly byId!: CrontifyMonitor
    @InjectMonitor(definition) readonly byDefinition!: CrontifyMonitor
  }
  class Settings {
    createCrontifyOptions(): typeof options {
      return options
    }
  }
  const app = await start({
    imports: [CrontifyModule.forRootAsync({ useClass: Settings })],
    providers: [Imports],
  })
  const imports = app.get(Imports)

  await imports.byId.wrap(() => {})
  await imports.byDefinition.success()

  expect(server.pings().map(({ monitorId, kind }) => [monitorId, kind])).toEqual([
    ['by-id', 'start'],
    ['by-id', 'success'],
    ['by-definition', 'success'],
  ])
  expect(imports.byId).toBe(imports.crontify.monitor('by-id'))
  expect(app.get(getMonitorToken('by-id'))).toBe(imports.byId)
})

it('passes what useFactory injects, and refuses to be given nothing', async () => {
  const { options } = await openService()
  const app = await start({
    imports: [
      CrontifyModule.forRootAsync({
        inject: [Logger],
        imports: [{ module: class Logging {}, providers: [Logger], exports: [Logger] }],
        useFactory: async (logger: Logger) => ({ ...options, enabled: !(logger instanceof Logger) }),
      }),
    ],
  })

  expect(app.get(Crontify).enabled).toBe(false)
  expect(() => CrontifyModule.forRootAsync({})).toThrow('must be given useFactory, useClass or useExisting')
})

it('closes its client when the application closes, after the runs that are open', async () => {
  const { server, options } = await openService('job')
  let end = (): void => {}
  @Injectable()
  class Jobs {
    @Monitor('job')
    async slow(): Promise<void> {
      await new Promise<void>((resolve) => (end = resolve))
    }
  }
  const app = await start({ imports: [CrontifyModule.forRoot(options)], providers: [Jobs] })
  const running = app.get(Jobs).slow()

  const closing = app.close()
  setImmediate(() => end())
  await Promise.all([running, closing])

  expect(server.runs('job').map(({ status }) => status)).toEqual(['success'])
})

it('gives up an open run after closeWithinMs, and says so', async () => {
  const { server, warnings, options } = await openService('job')
  let end = (): void => {}
  @Injectable()
  class Jobs {
    @Monitor('job')
    async slow(): Promise<void> {
      await new Promise<void>((resolve) => (end = resolve))
    }
  }
  const app = await start({
    imports: [CrontifyModule.forRoot({ ...options, closeWithinMs: 1 })],
    providers: [Jobs],
  })
  const running = app.get(Jobs).slow()

  await expect.poll(() => server.pings().length).toBe(1)
  await app.close()
  end()
  await running

  expect(warnings).toEqual([expect.stringContaining('stopped waiting for run')])
})

it('runs the job of an object that no application has, with one warning', async () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  class Jobs {
    @Monitor('job')
    run(): string {
      return 'done'
    }
  }

  expect([new Jobs().run(), new Jobs().run()]).toEqual(['done', 'done'])

  expect(emitWarning.mock.calls.map(([text]) => String(text))).toEqual([
    expect.stringContaining('@Monitor on Jobs.run needs an application with CrontifyModule.forRoot()'),
  ])
  emitWarning.mockRestore()
})

it('keeps two applications of a process apart', async () => {
  const [one, two] = [await openService('job'), await openService('job')]
  @Injectable()
  class Jobs {
    @Monitor('job')
    run(): void {}
  }
  const first = await start({ imports: [CrontifyModule.forRoot(one.options)], providers: [Jobs] })
  const second = await start({ imports: [CrontifyModule.forRoot(two.options)], providers: [Jobs] })

  first.get(Jobs).run()
  await first.close()
  await second.close()

  expect([one.server.pings().length, two.server.pings().length]).toEqual([2, 0])
})
