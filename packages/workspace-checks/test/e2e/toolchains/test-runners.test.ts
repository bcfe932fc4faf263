import { afterAll, beforeAll, expect, it } from 'vitest'
import { packedProject, toolPath, type PackedProject } from '../packed-project.ts'

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(['sdk'], ['vitest'])
})
afterAll(() => project.close())

const LOAD = `const { CrontifyMonitor } = require('@crontify/sdk')
const { currentRun } = require('@crontify/sdk/context')
const { recordPings } = require('@crontify/sdk/testing')`
const BODY = `const monitor = new CrontifyMonitor({ monitorId: 'm' })
  let inRun
  const result = await monitor.wrap(async (run) => { inRun = currentRun() === run; return 5 })
  if (result !== 5 || !inRun) throw new Error('not the same')
  if (monitor.stats().delivered !== 2) throw new Error(JSON.stringify(monitor.stats()))`

it('delivers in plain Jest, with real and both kinds of fake timers, and lets it end', async () => {
  project.write(
    'jest/a.test.js',
    `${LOAD}
    afterEach(() => jest.useRealTimers())
    test('real timers', async () => { ${BODY} })
    test('modern fake timers', async () => { jest.useFakeTimers(); ${BODY} })
    test('legacy fake timers', async () => { jest.useFakeTimers({ legacyFakeTimers: true }); ${BODY} })
    test('an error of the job keeps its identity', async () => {
      const error = new TypeError('x')
      await expect(new CrontifyMonitor({ monitorId: 'm' }).wrap(() => { throw error })).rejects.toBe(error)
    })
    test('recorded pings', async () => {
      const pings = recordPings()
      await new CrontifyMonitor({ ...pings.options, monitorId: 'm' }).wrap((run) => run.meta({ n: 3 }))
      pings.assertSucceeded('m', { n: 3 })
    })`,
  )

  const ended = await project.run(process.execPath, [
    toolPath('jest/bin/jest.js'),
    ...['--rootDir', `${project.folder}/jest`, '--forceExit=false'],
  ])

  expect(ended.code, ended.stderr).toBe(0)
  expect(ended.stderr).toContain('5 passed')
  expect(ended.stderr).not.toContain('did not exit')
  expect(project.kinds().filter((kind) => kind === 'start')).toHaveLength(4)
})

it('delivers in Vitest', async () => {
  project.write(
    'vitest/a.test.mjs',
    `import { expect, test, vi } from 'vitest'
    import { CrontifyMonitor } from '@crontify/sdk'
    import { currentRun } from '@crontify/sdk/context'
    test('real timers', async () => { ${BODY} })
    test('fake timers', async () => { vi.useFakeTimers(); ${BODY}; vi.useRealTimers() })`,
  )

  const ended = await project.run(process.execPath, [
    toolPath('vitest/vitest.mjs'),
    ...['run', '--root', `${project.folder}/vitest`],
  ])

  expect(ended.code, ended.stdout + ended.stderr).toBe(0)
  expect(project.kinds()).toEqual(['start', 'success', 'start', 'success'])
})

it.each([
  ['node:test', ['--test'], `const { test } = require('node:test'); test('a job', async () => { ${BODY} })`],
  ['mocha', [toolPath('mocha/bin/mocha.js')], `it('runs a job', async () => { ${BODY} })`],
])('delivers in %s', async (name, command, test) => {
  const file = project.write(`${name.replace(':', '-')}/a.test.cjs`, `${LOAD}\n${test}`)

  const ended = await project.run(process.execPath, [...command, file])

  expect(ended.code, ended.stdout + ended.stderr).toBe(0)
  expect(project.kinds()).toEqual(['start', 'success'])
})

it('delivers in a vm context without a callback for import()', async () => {
  const file = project.write(
    'vm.cjs',
    `const vm = require('node:vm')
    const { readFileSync } = require('node:fs')
    const { dirname, resolve } = require('node:path')
    const context = vm.createContext({ process, console, URL, AbortController, TextDecoder, Buffer, performance, queueMicrotask })
    const load = (path) => {
      const module = { exports: {} }
      const source = '(function (module, exports, require) {' + readFileSync(path, 'utf8') + '\\n})'
      vm.runInContext(source, context, { filename: path })(module, module.exports, (name) => load(resolve(dirname(path), name)))
      return module.exports
    }
    const { CrontifyMonitor } = load(require.resolve('@crontify/sdk'))
    new CrontifyMonitor({ monitorId: 'm' }).wrap(() => 5).then(console.log)`,
  )

  expect(await project.run(process.execPath, [file])).toEqual({ code: 0, stdout: '5\n', stderr: '' })
  expect(project.kinds()).toEqual(['start', 'success'])
})
