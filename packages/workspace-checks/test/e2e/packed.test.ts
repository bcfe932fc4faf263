import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
const SDK_PACKED_LIMIT_BYTES = 100_000
const SDK_UNPACKED_LIMIT_BYTES = 400_000

const project = mkdtempSync(join(tmpdir(), 'crontify-packed-'))
let server: MockServer

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }] })
  for (const name of ['sdk', 'node-cron']) {
    const packed = await runProgram('pnpm', ['pack', '--pack-destination', project], {
      cwd: join(PACKAGES, name),
    })
    expect(packed.code, packed.stderr).toBe(0)
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
})

afterAll(async () => {
  await server.close()
  rmSync(project, { recursive: true, force: true })
})

const tarball = (name: string): string =>
  join(
    project,
    readdirSync(project).find((file) => file.startsWith(`crontify-${name}-`) && file.endsWith('.tgz')) ?? '',
  )

const install = (...what: string[]) =>
  runProgram('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...what], { cwd: project })

/** What a newcomer writes from the README. */
const PROGRAM = `
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
const report = await monitor.wrap(async () => ({ count: 3 }), {
  meta: (result) => ({ files_copied: result.count }),
})
console.log(report.count + ' files')
try {
  await monitor.wrap(() => { throw new Error('disk is full') })
} catch (error) {
  console.log(error.message)
}
`

const env = () => ({ CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url })

it('installs alone, within its size', async () => {
  expect((await install(tarball('sdk'))).stderr).toBe('')

  const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))
  expect(installed).toEqual(['@crontify'])
  expect(readdirSync(join(project, 'node_modules/@crontify'))).toEqual(['sdk'])
  expect(statSync(tarball('sdk')).size).toBeLessThanOrEqual(SDK_PACKED_LIMIT_BYTES)
  expect(sizeOf(join(project, 'node_modules/@crontify/sdk'))).toBeLessThanOrEqual(SDK_UNPACKED_LIMIT_BYTES)
})

it('ships what it needs and nothing else', () => {
  const files = readdirSync(join(project, 'node_modules/@crontify/sdk'), { recursive: true })
    .map((file) => String(file).replace(/-[A-Za-z0-9_-]{8}(?=\.d\.cts$)/, '-HASH'))
    .filter((file) => file.includes('.') || file === 'LICENSE')

  expect([...new Set(files)].sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/THIRD-PARTY-LICENSES.txt',
    'dist/adapter.cjs',
    'dist/adapter.d.cts',
    'dist/adapter.d.ts',
    'dist/adapter.js',
    'dist/context.cjs',
    'dist/context.d.cts',
    'dist/context.d.ts',
    'dist/context.js',
    'dist/definitions.cjs',
    'dist/disk.cjs',
    'dist/fetch-transport-HASH.d.cts',
    'dist/index.cjs',
    'dist/index.d-HASH.d.cts',
    'dist/index.d.cts',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/main.cjs',
    'dist/monitored-HASH.d.cts',
    'dist/route-HASH.d.cts',
    'dist/run-HASH.d.cts',
    'dist/runs.cjs',
    'dist/testing.cjs',
    'dist/testing.d.cts',
    'dist/testing.d.ts',
    'dist/testing.js',
    'dist/undici.cjs',
    'dist/undici.d.cts',
    'dist/undici.d.ts',
    'dist/undici.js',
    'package.json',
  ])
})

it('loads each part when it is first needed', async () => {
  const code = `const { CrontifyMonitor, defineMonitor } = require('@crontify/sdk')
    const seen = new Set()
    const loaded = () => Object.keys(require.cache).map((file) => require('path').basename(file)).filter((file) => file !== 'parts.cjs' && !seen.has(file) && seen.add(file)).join()
    const options = { apiKey: 'ck_live_example', monitorId: 'nightly-backup', baseUrl: 'http://127.0.0.1:9', delivery: { atExit: false, endWaitMs: 0 } }
    const monitor = new CrontifyMonitor(options)
    console.log(loaded())
    monitor.wrap(() => {}).then(() => {
      console.log(loaded())
      const spoolDirectory = require('path').join(process.cwd(), 'spool')
      new CrontifyMonitor({ ...options, logger: false, delivery: { atExit: false, spoolDirectory } })
      console.log(loaded())
      defineMonitor({ id: 'nightly-backup' })
      console.log(loaded())
    })`
  writeFileSync(join(project, 'parts.cjs'), code)

  const { stdout } = await runProgram(process.execPath, ['parts.cjs'], { cwd: project })

  expect(stdout.split('\n')).toEqual(['index.cjs,main.cjs', 'runs.cjs', 'disk.cjs', 'definitions.cjs', ''])
})

it('runs the job after a deployment has removed its files', async () => {
  const code = `const { renameSync } = require('fs')
    const { dirname, join } = require('path')
    const { CrontifyMonitor } = require('@crontify/sdk')
    const file = join(dirname(require.resolve('@crontify/sdk')), 'runs.cjs')
    const monitor = new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup', baseUrl: 'http://127.0.0.1:9' })
    renameSync(file, file + '.gone')
    monitor.wrap(async (run) => {
      await run.each([1, 2], () => run.increment('files'))
      return 'done'
    }).then((result) => {
      console.log(result, JSON.stringify(monitor.stats().droppedBecause))
      renameSync(file + '.gone', file)
    })`
  writeFileSync(join(project, 'gone.cjs'), code)

  const {
    stdout,
    stderr,
    code: exitCode,
  } = await runProgram(process.execPath, ['gone.cjs'], { cwd: project })

  expect(stdout).toBe('done {"not-loaded":2}\n')
  expect(stderr).toMatch(
    /^\[crontify\] No ping can be sent: the SDK could not be loaded \(Cannot find module/,
  )
  expect(exitCode).toBe(0)
})

it('loads what the first ping needs in a moment, so that a later deployment does not matter', async () => {
  const code = `const { CrontifyMonitor } = require('@crontify/sdk')
    new CrontifyMonitor({ apiKey: 'ck_live_example', monitorId: 'nightly-backup' })
    const isLoaded = () => Object.keys(require.cache).some((file) => file.endsWith('runs.cjs'))
    const timer = setInterval(() => {
      if (isLoaded()) console.log('loaded', clearInterval(timer))
    }, 5)`
  writeFileSync(join(project, 'preload.cjs'), code)

  const { stdout } = await runProgram(process.execPath, ['preload.cjs'], { cwd: project })

  expect(stdout).toBe('loaded undefined\n')
})

it('is one client in a process that loads it as ESM and as CommonJS', async () => {
  const code = `import { createRequire } from 'node:module'
    import { CrontifyMonitor, CrontifyError } from '@crontify/sdk'
    const required = createRequire(import.meta.url)('@crontify/sdk')
    console.log(required.CrontifyMonitor === CrontifyMonitor, required.CrontifyError === CrontifyError)`
  writeFileSync(join(project, 'both.mjs'), code)

  const ended = await runProgram(process.execPath, ['both.mjs'], { cwd: project })

  expect(ended).toEqual({ code: 0, stdout: 'true true\n', stderr: '' })
})

it('follows runs only where the entry for it is loaded, in ESM and in CommonJS', async () => {
  const job = `const pings = recordPings()
    const monitor = new CrontifyMonitor({ ...pings.options, monitorId: 'nightly-backup' })
    monitor.wrap(async (run) => console.log(currentRun() === run))`
  const esm = (context: string): string => `import { CrontifyMonitor } from '@crontify/sdk'
    import { recordPings } from '@crontify/sdk/testing'
    ${context}
    ${job}`
  const cases = [
    ['follows.mjs', esm(`import { currentRun } from '@crontify/sdk/context'`), 'true\n'],
    ['not.mjs', esm('const currentRun = () => undefined'), 'false\n'],
    [
      'follows.cjs',
      `const { CrontifyMonitor } = require('@crontify/sdk')
       const { recordPings } = require('@crontify/sdk/testing')
       const { currentRun } = require('@crontify/sdk/context')
       ${job}`,
      'true\n',
    ],
  ] as const
  for (const [file, code, stdout] of cases) {
    writeFileSync(join(project, file), code)
    expect(await runProgram(process.execPath, [file], { cwd: project })).toEqual({
      code: 0,
      stdout,
      stderr: '',
    })
  }
})

it.each([
  ['program.mjs', `import { CrontifyMonitor } from '@crontify/sdk'\n${PROGRAM}`],
  ['program.cjs', `const { CrontifyMonitor } = require('@crontify/sdk')\n;(async () => {${PROGRAM}})()`],
])('works in %s as the README says', async (file, code) => {
  server.reset()
  writeFileSync(join(project, file), code)

  const ended = await runProgram(process.execPath, [file], { cwd: project, env: env() })

  expect(ended).toEqual({ code: 0, stdout: '3 files\ndisk is full\n', stderr: '' })
  const duration_ms = expect.any(Number) as number
  expect(server.runs('nightly-backup').map(({ status, meta }) => ({ status, meta }))).toEqual([
    { status: 'success', meta: { files_copied: 3, duration_ms } },
    { status: 'failed', meta: { duration_ms } },
  ])
})

it('shares the runs of a monitor between the client and an adapter, in ESM and in CommonJS', async () => {
  expect((await install(tarball('sdk'), tarball('node-cron'), 'node-cron@4.6.0')).stderr).toBe('')
  const program = `
    const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
    let end
    let older
    await new Promise((began) => {
      older = monitor.wrap(() => new Promise((resolve) => { end = resolve; began() }))
    })
    const task = cron.createTask('0 0 1 1 *', monitorJob(monitor, async () => ({ rows: 2 })))
    await task.execute()
    end()
    await older
    await task.destroy()
  `
  const esm = `import { CrontifyMonitor } from '@crontify/sdk'
    import { monitorJob } from '@crontify/node-cron'
    import cron from 'node-cron'
    ${program}`
  const cjs = `const { CrontifyMonitor } = require('@crontify/sdk')
    const { monitorJob } = require('@crontify/node-cron')
    const cron = require('node-cron')
    ;(async () => {${program}})()`
  for (const [file, code] of [
    ['adapter.mjs', esm],
    ['adapter.cjs', cjs],
  ] as const) {
    server.reset()
    writeFileSync(join(project, file), code)

    const ended = await runProgram(process.execPath, [file], { cwd: project, env: env() })

    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(server.pings().map(({ kind }) => kind)).toEqual(['start', 'start', 'success'])
  }
})

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
