import { startRedis, type TestServer } from '@crontify/adapter-conformance/servers'
import { BullModule, getQueueToken, Processor, WorkerHost } from '@nestjs/bullmq'
import type { Queue } from 'bullmq'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { MonitorWorker } from '../src/bullmq.ts'
import { CrontifyModule } from '../src/index.ts'
import { openService, start, type Service } from './support/application.ts'

const EVERY_MS = 3_600_000

let redis: TestServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

async function withProcessor(service: Service, processor: new () => WorkerHost) {
  const app = await start({
    imports: [
      BullModule.forRoot({ connection: { url: redis.url, maxRetriesPerRequest: null } }),
      BullModule.registerQueue({ name: 'reports' }),
      CrontifyModule.forRoot(service.options),
    ],
    providers: [processor],
  })
  return { app, queue: app.get<Queue>(getQueueToken('reports')) }
}

it('makes one run of a scheduled job with its attempts, with the decorator above or below', async () => {
  const service = await openService('nightly')
  let attempts = 0
  @MonitorWorker({ monitors: { 'nightly-report': 'nightly' } })
  @Processor('reports')
  class Reports extends WorkerHost {
    async process(): Promise<object> {
      if (++attempts < 2) throw new Error('busy')
      return { rows: 120 }
    }
  }
  const { app, queue } = await withProcessor(service, Reports)
  await queue.upsertJobScheduler('nightly-report', { every: EVERY_MS }, { opts: { attempts: 2 } })

  await expect.poll(() => service.server.runs('nightly')[0]?.status, { timeout: 10_000 }).toBe('success')

  expect(attempts).toBe(2)
  expect(service.server.pings().map(({ kind }) => kind)).toEqual(['start', 'success'])
  expect(service.server.runs('nightly')[0]?.meta).toMatchObject({ rows: 120 })
  await queue.obliterate({ force: true })
  await app.close()
})

it('sends the end of a job that is at work when the application closes', async () => {
  const service = await openService('nightly')
  let finish = (): void => {}
  @Processor('reports')
  @MonitorWorker({ monitors: ({ name }) => (name === 'report' ? 'nightly' : undefined) })
  class Reports extends WorkerHost {
    async process(): Promise<void> {
      await new Promise<void>((resolve) => (finish = resolve))
    }
  }
  const { app, queue } = await withProcessor(service, Reports)
  await queue.add('report', {})
  await expect.poll(() => service.server.pings().length, { timeout: 10_000 }).toBe(1)

  const closing = app.close()
  setImmediate(() => finish())
  await closing

  expect(service.server.runs('nightly').map(({ status }) => status)).toEqual(['success'])
})

it('says which monitor is none, and the jobs run', async () => {
  const service = await openService()
  @Processor('reports')
  @MonitorWorker({ monitors: { 'nightly-report': 'nightly report' } })
  class Reports extends WorkerHost {
    async process(): Promise<string> {
      return 'done'
    }
  }
  const { queue } = await withProcessor(service, Reports)

  const job = await queue.add('other', {})
  await expect.poll(() => job.isCompleted(), { timeout: 10_000 }).toBe(true)

  expect(service.warnings).toEqual([
    expect.stringContaining('@MonitorWorker on Reports must be given a monitor id'),
  ])
})

it('says that a class has no worker', async () => {
  const service = await openService()
  @MonitorWorker({ monitors: { 'nightly-report': 'nightly' } })
  class Reports {}

  await start({ imports: [CrontifyModule.forRoot(service.options)], providers: [Reports] })

  expect(service.warnings).toEqual([
    expect.stringContaining('@MonitorWorker on Reports found no worker to watch'),
  ])
})

it('says that @MonitorWorker was given no monitors', () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})

  MonitorWorker(undefined as never)(class Reports {} as never)

  expect(String(emitWarning.mock.calls[0]?.[0])).toContain(
    '@MonitorWorker on Reports must be given { monitors }',
  )
  emitWarning.mockRestore()
})
