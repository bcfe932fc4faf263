import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { startRedis, type TestServer } from '@crontify/adapter-conformance/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packedProject, toolPath, type PackedProject } from './packed-project.ts'

const APPLICATIONS = resolve(import.meta.dirname, '../../nest')
const PACKAGES = ['common', 'core', 'schedule', 'bullmq'].map((name) => `@nestjs/${name}`)

/** Where the packages of a version of Nest are: the newest is a tool of this workspace. */
const versions: readonly (readonly [string, string])[] = [
  // The oldest Nest that is supported, with the schedule between those of the others.
  ['10.0', join(APPLICATIONS, '10.0/node_modules')],
  ['10', join(APPLICATIONS, '10/node_modules')],
  ['11', join(APPLICATIONS, '11/node_modules')],
  ['12', toolPath('')],
]

const PROGRAM = `import 'reflect-metadata'
import { CrontifyModule, InjectMonitor, Monitor, MonitoredJobs, scheduleOf } from '@crontify/nestjs'
import { MonitorWorker } from '@crontify/nestjs/bullmq'
import { Crontify, type CrontifyMonitor } from '@crontify/sdk'
import { Injectable, Module } from '@nestjs/common'
import { LazyModuleLoader, NestFactory } from '@nestjs/core'
import { BullModule, getQueueToken, Processor, WorkerHost } from '@nestjs/bullmq'
import type { Queue } from 'bullmq'
import { Cron, Interval, ScheduleModule, SchedulerRegistry } from '@nestjs/schedule'

@Injectable()
class Jobs {
  ends: string[] = []
  constructor(readonly crontify: Crontify, @InjectMonitor('m') readonly monitor: CrontifyMonitor) {}

  @Monitor('m', { meta: (result: { rows: number }) => ({ rows: result.rows }) })
  @Cron('* * * * * *', { name: 'above', timeZone: 'Etc/UTC' })
  async above(): Promise<{ rows: number }> {
    this.ends.push('above')
    return { rows: 1 }
  }

  @Cron('0 0 1 1 *')
  lonely(): void {}

  @Interval(10)
  @Monitor('m')
  below(): void {
    this.ends.push('below')
  }
}

let processed = 0
@Processor('reports')
@MonitorWorker({ monitors: { 'nightly-report': 'queue' } })
class Reports extends WorkerHost {
  async process(): Promise<object> {
    processed++
    return { rows: 120 }
  }
}

const connection = { url: process.env['REDIS_URL'] ?? '', maxRetriesPerRequest: null }
@Module({
  imports: [
    ScheduleModule.forRoot(),
    CrontifyModule.forRoot(),
    BullModule.forRoot({ connection }),
    BullModule.registerQueue({ name: 'reports' }),
  ],
  providers: [Jobs, Reports],
})
class AppModule {}

function lateClasses() {
  @Injectable()
  class LateService {
    @InjectMonitor('late') readonly monitor!: CrontifyMonitor
  }
  @Module({ providers: [LateService], exports: [LateService] })
  class LateModule {}
  return { LateModule, LateService }
}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['warn', 'error'] })
  app.enableShutdownHooks()
  const jobs = app.get(Jobs)
  console.log(JSON.stringify(scheduleOf(app.get(SchedulerRegistry).getCronJob('above') as never)))
  console.log(JSON.stringify(app.get(MonitoredJobs).list().map(({ method }) => method)))
  const queue = app.get<Queue>(getQueueToken('reports'))
  await queue.obliterate({ force: true })
  await queue.upsertJobScheduler('nightly-report', { every: 3_600_000 })
  while (processed === 0 || !jobs.ends.includes('above') || !jobs.ends.includes('below')) await new Promise((next) => setTimeout(next, 10))
  console.log(jobs.monitor === jobs.crontify.monitor('m'))
  // Nest 10.0 gives global modules to no module that is loaded later.
  if (process.env['NEST_VERSION'] !== '10.0') {
    const { LateModule, LateService } = lateClasses()
    const late = (await app.get(LazyModuleLoader).load(() => LateModule)).get(LateService)
    console.log('[late]', late.monitor === jobs.crontify.monitor('late'))
  }
  process.kill(process.pid, 'SIGTERM')
}
void main()
`

let redis: TestServer
beforeAll(async () => (redis = await startRedis()))
afterAll(() => redis.stop())

describe.each(versions)('Nest %s', (version, modules) => {
  let project: PackedProject

  beforeAll(async () => {
    project = await packedProject(['sdk', 'bullmq', 'nestjs'], ['@types/node'])
    for (const name of [...PACKAGES, 'bullmq', 'ioredis', 'reflect-metadata', 'rxjs']) {
      mkdirSync(dirname(join(project.folder, 'node_modules', name)), { recursive: true })
      symlinkSync(join(modules, name), join(project.folder, 'node_modules', name))
    }
  })
  afterAll(() => project.close())

  // An ESM-only package has no types for CommonJS files of older module settings: there only "node" and "nodenext" make sense for 12.
  it.each([
    ['a CommonJS project with old module resolution', 'commonjs', 'node10', 'commonjs'],
    ['an ESM project', 'nodenext', 'nodenext', 'module'],
  ])('compiles, runs and delivers at a signal in %s', async (_name, module, moduleResolution, type) => {
    const folder = join(project.folder, module)
    project.write(`${module}/package.json`, JSON.stringify({ private: true, type }))
    project.write(`${module}/main.ts`, PROGRAM)
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', strict: true, skipLibCheck: true, types: ['node'] },
      ...{ experimentalDecorators: true, emitDecoratorMetadata: true, esModuleInterop: true, outDir: 'out' },
    }
    project.write(`${module}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ['main.ts'] }))

    const compiled = await project.run(process.execPath, [toolPath('typescript/bin/tsc'), '-p', folder])
    project.kinds()
    const ended = await project.run(process.execPath, [join(folder, 'out/main.js')], {
      REDIS_URL: redis.url,
      NEST_VERSION: version,
    })

    expect(compiled).toMatchObject({ code: 0, stdout: '' })
    expect(ended.stdout.includes('[late] true')).toBe(version !== '10.0')
    const [schedule, methods, isSame] = ended.stdout
      .split('\n')
      .filter((line) => /^[[{t]/.test(line) && !line.startsWith('[Nest]'))
    expect(
      ended.stderr.replace(
        /^.*ExperimentalWarning.*\n|^\(Use .*\n|^\[Cron\] Missed execution deadline.*\n/gm,
        '',
      ),
    ).toBe('')
    expect(JSON.parse(schedule ?? '')).toEqual({
      schedule: '* * * * * *',
      timezone: 'Etc/UTC',
      scheduleDialect: 'cron',
    })
    expect(JSON.parse(methods ?? '')).toEqual(['Jobs.above', 'Jobs.lonely', 'Jobs.below'])
    expect(isSame).toBe('true')
    expect(ended.stdout).toContain('1 @Cron method has no monitor: Jobs.lonely')
    expect(ended.code).toBeNull()
    const kinds = project.kinds()
    expect(kinds.filter((kind) => kind === 'start').length).toBeGreaterThanOrEqual(2)
    expect(kinds).toContain('success')
    expect(project.server.runs('queue').at(-1)).toMatchObject({ status: 'success', meta: { rows: 120 } })
    expect(project.server.runs('m').filter(({ status }) => status === 'running')).toEqual([])
    expect(
      project.server.runs('m').some(({ meta }) => meta?.['rows'] === 1),
      version,
    ).toBe(true)
  })
})
