import { defineMonitor, type CrontifyMonitor } from '@crontify/sdk'
import { Injectable, Module } from '@nestjs/common'
import { LazyModuleLoader } from '@nestjs/core'
import { expect, it } from 'vitest'
import { CrontifyModule, getMonitorToken, InjectMonitor, type CrontifyModuleOptions } from '../src/index.ts'
import { openService, start } from './support/application.ts'

/** What `await import('./import.module.js')` gives: a module whose classes are loaded only then. */
function loadImportModule(id: string) {
  @Injectable()
  class ImportService {
    @InjectMonitor(id) readonly monitor!: CrontifyMonitor
  }
  @Module({ providers: [ImportService], exports: [ImportService] })
  class ImportModule {}
  return { ImportModule, ImportService }
}

const registrations: readonly [
  string,
  (options: CrontifyModuleOptions) => ReturnType<typeof CrontifyModule.forRoot>,
][] = [
  ['forRoot', (options) => CrontifyModule.forRoot(options)],
  ['forRootAsync', (options) => CrontifyModule.forRootAsync({ useFactory: async () => options })],
]

it.each(registrations)('injects a monitor into a module that is loaded later: %s', async (name, register) => {
  const id = `late-${name}`
  const { server, options, warnings } = await openService(id)
  const app = await start({ imports: [register(options)] })
  const { ImportModule, ImportService } = loadImportModule(id)

  const loaded = await app.get(LazyModuleLoader).load(() => ImportModule)
  await loaded.get(ImportService).monitor.success()
  await app.close()

  expect(server.pings().map(({ kind, monitorId }) => [kind, monitorId])).toEqual([['success', id]])
  expect(warnings).toEqual([])
})

it('injects it under its definition, and again into the next module', async () => {
  const { server, options } = await openService('late-defined')
  const app = await start({
    imports: [CrontifyModule.forRoot({ ...options, monitors: [defineMonitor({ id: 'late-defined' })] })],
  })
  const loader = app.get(LazyModuleLoader)
  const [first, second] = [loadImportModule('late-defined'), loadImportModule('late-defined')]

  const one = await loader.load(() => first.ImportModule)
  const other = await loader.load(() => second.ImportModule)

  expect(other.get(second.ImportService).monitor).toBe(one.get(first.ImportService).monitor)
  expect(app.get(getMonitorToken('late-defined'))).toBe(one.get(first.ImportService).monitor)
  await app.close()
  expect(server.pings()).toEqual([])
})

it.each(registrations)(
  'lets a second application share the module of the first: %s',
  async (name, register) => {
    const ids = [`first-${name}`, `second-${name}`] as const
    const { server, options, warnings } = await openService(...ids)
    const shared = register(options)
    const first = loadImportModule(ids[0])
    const one = await start({ imports: [shared, first.ImportModule] })
    const second = loadImportModule(ids[1])

    const other = await start({ imports: [shared, second.ImportModule] })
    await one.get(first.ImportService).monitor.success()
    await one.close()
    await other.get(second.ImportService).monitor.success()
    await other.close()

    expect(server.pings().map(({ monitorId }) => monitorId)).toEqual(ids)
    expect(warnings).toEqual([])
  },
)
