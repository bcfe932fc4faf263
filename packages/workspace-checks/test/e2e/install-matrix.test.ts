import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import json from '@rollup/plugin-json'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import * as esbuild from 'esbuild'
import { rollup, type Plugin } from 'rollup'
import { afterAll, beforeAll, expect, it } from 'vitest'
import webpack from 'webpack'
import { runProgram, type Ended } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
const PUBLIC = [
  'protocol',
  'alert-engine',
  'sdk',
  'mock-server',
  'cli',
  'node-cron',
  'bullmq',
  'agenda',
  'express',
  'fastify',
  'web',
  'aws-lambda',
  'opentelemetry',
  'pg-boss',
  'graphile-worker',
]
/** What the adapters' users have besides. */
const PEERS = [
  'node-cron@4.6.0',
  'bullmq@6.7.0',
  'agenda@6.2.6',
  'express@5.3.0',
  'fastify@5.12.8',
  '@opentelemetry/api@1.10.0',
  '@types/express@5',
  '@types/node@20',
]
const YARN = resolve(import.meta.dirname, '../../node_modules/yarn/bin/yarn.js')
const OTHER_NODES = ['22', '24', '26']

const project = mkdtempSync(join(tmpdir(), 'crontify-matrix-'))
const tarballs = join(project, 'tarballs')
let server: MockServer

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }], rateLimitPerMinute: Infinity })
  mkdirSync(tarballs)
  for (const name of PUBLIC) {
    const packed = await runProgram('pnpm', ['pack', '--pack-destination', tarballs], {
      cwd: join(PACKAGES, name),
    })
    expect(packed.code, packed.stderr).toBe(0)
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  expect(
    await runProgram('npm', ['install', ...QUIET, ...files(), ...PEERS], { cwd: project }),
  ).toMatchObject({ code: 0 })
})

afterAll(async () => {
  await server.close()
  rmSync(project, { recursive: true, force: true })
})

const QUIET = ['--no-audit', '--no-fund', '--loglevel', 'error', '--ignore-scripts']
const files = (only: readonly string[] = PUBLIC): string[] =>
  readdirSync(tarballs)
    .filter((file) => only.some((name) => file.startsWith(`crontify-${name}-0`)))
    .map((file) => join(tarballs, file))
const env = () => ({ CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url })

/** This Node, and those that come as packages: there are such for Linux alone. */
function nodes(): (readonly [string, string])[] {
  const binary = (version: string): string =>
    resolve(
      import.meta.dirname,
      `../../node_modules/node-${version}-${process.platform}-${process.arch}/bin/node`,
    )
  const others = OTHER_NODES.map((version) => [version, binary(version)] as const)
  return [
    [process.versions.node, process.execPath],
    ...(process.platform === 'linux' ? others : others.filter(([, path]) => existsSync(path))),
  ]
}

/** Uses each package once, as its README does; what it prints is the same on every Node. */
const PROGRAM = `
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
const task = cron.createTask('0 2 * * *', monitorJob(monitor, async () => ({ files_copied: 3 })))
await task.execute()
await task.destroy()
const app = express()
app.post('/job', requireSecret('a-secret-of-enough-characters'), monitorRoute(monitor, async (req, res) => void res.send('done')))
const http = app.listen(0, '127.0.0.1')
await new Promise((resolve) => http.once('listening', resolve))
const answer = await fetch('http://127.0.0.1:' + http.address().port + '/job', {
  method: 'POST',
  headers: { authorization: 'Bearer a-secret-of-enough-characters', connection: 'close' },
})
console.log(await answer.text())
http.close()
const fast = Fastify()
fast.post('/job', monitorFastifyRoute(monitor, async () => 'fast'))
console.log((await fast.inject({ method: 'POST', url: '/job' })).payload)
await fast.close()
console.log(await monitorLambda(monitor, async () => 'lambda')({}, {}))
console.log(await (await monitorHandler(monitor, async () => new Response('web'), { secret: false })()).text())
await monitorWork(monitor, async () => console.log('work'))([{ id: 'a', name: 'q', retryCount: 0, retryLimit: 0, expireInSeconds: 60 }])
await monitorTask(monitor, async () => console.log('task'))({}, { job: { id: '1', task_identifier: 't', attempts: 1, max_attempts: 1 } })
traceRuns(monitor)()
await monitor.flush()
try { monitorWorker({}, { monitors: {} }) } catch (error) { console.log(error.name) }
const local = await createMockServer({ clock: 'virtual', monitors: [{ id: 'sync', schedule: '0 3 * * *' }] })
await fetch(local.url + '/api/v1/ping/sync/success', { method: 'POST', headers: { 'X-API-Key': local.apiKey, connection: 'close' } })
await local.advance('2d')
console.log(local.alerts().map(({ type }) => type).join())
await local.close()
console.log(auditDefinitions({ monitors: [{ id: 'sync', tier: 4 }] }).length, typeof transition, isMonitorId('a b'))
`
const PRINTED = 'done\nfast\nlambda\nweb\nwork\ntask\nTypeError\nmissed\n2 function false\n'

const IMPORTS: readonly (readonly [string, string])[] = [
  ['{ CrontifyMonitor }', '@crontify/sdk'],
  ['{ monitorJob }', '@crontify/node-cron'],
  ['{ monitorRoute, requireSecret }', '@crontify/express'],
  ['{ monitorRoute as monitorFastifyRoute }', '@crontify/fastify'],
  ['{ monitorHandler }', '@crontify/web'],
  ['{ monitorLambda }', '@crontify/aws-lambda'],
  ['{ traceRuns }', '@crontify/opentelemetry'],
  ['{ monitorWorker }', '@crontify/bullmq'],
  ['{ monitorWork }', '@crontify/pg-boss'],
  ['{ monitorTask }', '@crontify/graphile-worker'],
  ['{ createMockServer }', '@crontify/mock-server'],
  ['{ auditDefinitions }', '@crontify/cli'],
  ['{ transition }', '@crontify/alert-engine'],
  ['{ isMonitorId }', '@crontify/protocol'],
  ['cron', 'node-cron'],
  ['express', 'express'],
  ['Fastify', 'fastify'],
]
const asModule = IMPORTS.map(([names, from]) => `import ${names} from '${from}'`).join('\n')
const asCommonJs = IMPORTS.map(
  ([names, from]) => `const ${names.replace(' as ', ': ')} = require('${from}')`,
).join('\n')

/** Runs a file, and sees that seven good runs were made. */
async function makesRuns(run: () => Promise<Ended>): Promise<void> {
  const before = server.runs('nightly-backup').length

  expect(await run()).toEqual({ code: 0, stdout: PRINTED, stderr: '' })

  const made = server.runs('nightly-backup').slice(before)
  expect(made.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'success'))
}

it.each(nodes())('uses every package as module and as CommonJS on Node %s', async (_version, node) => {
  writeFileSync(join(project, 'program.mjs'), `${asModule}\nimport '@crontify/agenda'\n${PROGRAM}`)
  writeFileSync(
    join(project, 'program.cjs'),
    `${asCommonJs.replace("cron = require('node-cron')", "cron = require('node-cron').default ?? require('node-cron')")}\nvoid (async () => {${PROGRAM}})()`,
  )

  await makesRuns(() => runProgram(node, ['program.mjs'], { cwd: project, env: env() }))
  await makesRuns(() => runProgram(node, ['program.cjs'], { cwd: project, env: env() }))
})

it.each(nodes())('runs a command on Node %s', async (_version, node) => {
  const bin = join(project, 'node_modules/@crontify/cli/dist/bin.cjs')

  const ended = await runProgram(node, [bin, 'exec', 'nightly-backup', '--', 'echo', 'copied'], {
    cwd: project,
    env: env(),
  })

  expect(ended).toEqual({ code: 0, stdout: 'copied\n', stderr: '' })
})

it.each([
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('has types for module %s, resolution %s', async (module, moduleResolution) => {
  const typed = `${asModule}\nimport { monitorAgenda } from '@crontify/agenda'
    export const monitor = new CrontifyMonitor({ monitorId: 'a' })
    export const job: (context: unknown) => Promise<number> = monitorJob(monitor, async () => 3)
    export const used = [monitorRoute, requireSecret, monitorHandler, monitorWorker, createMockServer, auditDefinitions, transition, isMonitorId, monitorAgenda, cron, express]
    // @ts-expect-error a monitor has an id
    new CrontifyMonitor({ monitorId: 3 })\n`
  writeFileSync(join(project, `typed-${moduleResolution}.mts`), typed)
  const tsc = resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc')

  const checked = await runProgram(
    process.execPath,
    [tsc, '--noEmit', '--strict', '--target', 'es2022', '--skipLibCheck', '--types', 'node']
      .concat(['--module', module, '--moduleResolution', moduleResolution, '--esModuleInterop'])
      .concat([`typed-${moduleResolution}.mts`]),
    { cwd: project },
  )

  expect(checked).toEqual({ code: 0, stdout: '', stderr: '' })
})

const SCRIPT = `import { CrontifyMonitor } from '@crontify/sdk'
const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
monitor.wrap(async () => ({ files_copied: 3 })).then((result) => console.log(result.files_copied))
`
/** Their types name a module where a function is. */
const asPlugin = (plugin: unknown): Plugin => (plugin as () => Plugin)()

const bundlers: Readonly<Record<string, (entry: string, folder: string) => Promise<unknown>>> = {
  esbuild: (entry, folder) =>
    esbuild.build({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: join(folder, 'main.cjs'),
      logLevel: 'error',
    }),
  rollup: async (entry, folder) => {
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve({ preferBuiltins: true }), asPlugin(commonjs), asPlugin(json)],
      onwarn: () => {},
    })
    await bundle.write({ file: join(folder, 'main.cjs'), format: 'cjs', inlineDynamicImports: true })
  },
  webpack: (entry, folder) =>
    new Promise((done, failed) => {
      webpack(
        {
          entry,
          mode: 'production',
          target: 'node',
          context: project,
          output: { path: folder, filename: 'main.cjs' },
        },
        (error, stats) => {
          if (error) failed(error)
          else if (stats?.hasErrors()) failed(new Error(stats.toString('errors-only')))
          else done(undefined)
        },
      )
    }),
}

it.each(Object.keys(bundlers))('works inside a bundle of %s', async (bundler) => {
  const entry = join(project, 'bundled.mjs')
  const folder = join(mkdtempSync(join(tmpdir(), `crontify-${bundler}-`)))
  writeFileSync(entry, SCRIPT)

  await bundlers[bundler]?.(entry, folder)
  const before = server.runs('nightly-backup').length
  const ended = await runProgram(process.execPath, [join(folder, 'main.cjs')], { cwd: folder, env: env() })
  rmSync(folder, { recursive: true, force: true })

  expect(ended).toEqual({ code: 0, stdout: '3\n', stderr: '' })
  expect(server.runs('nightly-backup').slice(before)).toMatchObject([
    { status: 'success', meta: { duration_ms: expect.any(Number) as number } },
  ])
})

it.each([
  ['npm', ['npm', 'install', ...QUIET]],
  ['pnpm', ['pnpm', 'add', '--silent']],
  // Not by npx: a run inside `npx -c` hands that command on to it, beside the one it was given.
  ['yarn', [process.execPath, YARN, 'add', '--silent', '--no-lockfile']],
])('installs with %s, and runs', async (name, [command = '', ...words]) => {
  const folder = mkdtempSync(join(tmpdir(), `crontify-${name}-`))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  writeFileSync(join(folder, 'script.mjs'), SCRIPT)

  const installed = await runProgram(command, [...words, ...files(['sdk'])], { cwd: folder })
  const ended = await runProgram(process.execPath, ['script.mjs'], { cwd: folder, env: env() })
  rmSync(folder, { recursive: true, force: true })

  expect(installed.code, installed.stderr).toBe(0)
  expect(ended).toEqual({ code: 0, stdout: '3\n', stderr: '' })
})

it.each(PUBLIC)('runs nothing when %s is installed', (name) => {
  const manifest = JSON.parse(
    readFileSync(join(project, `node_modules/@crontify/${name}/package.json`), 'utf8'),
  ) as {
    readonly scripts?: Readonly<Record<string, string>>
  }

  const atInstall = Object.keys(manifest.scripts ?? {}).filter((script) =>
    /^(pre|post)?install$|^prepare$/.test(script),
  )
  expect(atInstall).toEqual([])
})
