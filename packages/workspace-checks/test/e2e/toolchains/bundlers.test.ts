import { join } from 'node:path'
import commonjs from '@rollup/plugin-commonjs'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import * as esbuild from 'esbuild'
import { rolldown } from 'rolldown'
import { rollup, type Plugin } from 'rollup'
import { afterAll, beforeAll, expect, it } from 'vitest'
import webpack from 'webpack'
import { packedProject, toolPath, type PackedProject } from '../packed-project.ts'

let project: PackedProject
let entry: string

/** Uses the run in force, an adapter and a definition, and ends in the middle of its second run. */
const PROGRAM = `import { CrontifyMonitor, defineMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
import { monitorAgenda } from '@crontify/agenda'
import { monitorWorker } from '@crontify/bullmq'
import { monitorRoute } from '@crontify/express'
import { monitorRoute as monitorFastify } from '@crontify/fastify'
import { monitorLambda } from '@crontify/aws-lambda'
import { monitorHandler } from '@crontify/web'
import { monitorWork } from '@crontify/pg-boss'
import { monitorTask } from '@crontify/graphile-worker'
import { monitorJob } from '@crontify/node-cron'
const definition = defineMonitor({ id: 'm', schedule: '0 2 * * *' })
const monitor = new CrontifyMonitor({ monitorId: definition.id })
const job = monitorJob(monitor, async () => ({ files: 3 }))
async function main() {
  // The other adapters load, although the libraries they adapt are not there.
  for (const adapter of [monitorAgenda, monitorWorker, monitorRoute, monitorFastify, monitorLambda, monitorHandler, monitorWork, monitorTask]) if (typeof adapter !== 'function') process.exit(1)
  await monitor.wrap(async () => { currentRun().meta({ n: 4 }) })
  await job()
  await monitor.flush()
  await monitor.wrap(async () => { await new Promise((done) => setTimeout(done, 50)); process.exit(6) })
}
main()
`

beforeAll(async () => {
  project = await packedProject([
    'sdk',
    'node-cron',
    'agenda',
    'bullmq',
    'express',
    'fastify',
    'web',
    'aws-lambda',
    'pg-boss',
    'graphile-worker',
  ])
  entry = project.write('program.mjs', PROGRAM)
})
afterAll(() => project.close())

/** Their types name a module where a function is. */
const asPlugin = (plugin: unknown): Plugin => (plugin as () => Plugin)()

const withEsbuild = (format: 'esm' | 'cjs', minify: boolean) => async (): Promise<string> => {
  const outfile = join(project.folder, `esbuild-${minify}.${format === 'esm' ? 'mjs' : 'cjs'}`)
  await esbuild.build({
    entryPoints: [entry],
    outfile,
    format,
    minify,
    bundle: true,
    platform: 'node',
    target: 'node20',
    keepNames: minify,
    logLevel: 'error',
  })
  return outfile
}

const bundlers: Readonly<Record<string, () => Promise<string>>> = {
  'esbuild as ESM without a banner': withEsbuild('esm', false),
  'esbuild as ESM, minified, names kept': withEsbuild('esm', true),
  'esbuild as CommonJS': withEsbuild('cjs', false),
  rollup: async () => {
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve({ exportConditions: ['node'] }), asPlugin(commonjs)],
      onwarn: () => {},
    })
    const file = join(project.folder, 'rollup.mjs')
    await bundle.write({ file, format: 'es', inlineDynamicImports: true })
    return file
  },
  rolldown: async () => {
    const bundle = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' })
    await bundle.write({ dir: join(project.folder, 'rolldown'), format: 'es', entryFileNames: 'main.mjs' })
    return join(project.folder, 'rolldown/main.mjs')
  },
  webpack: () =>
    new Promise((done, failed) => {
      const output = { path: join(project.folder, 'webpack'), filename: 'main.cjs' }
      webpack(
        { entry, mode: 'production', target: 'node', context: project.folder, output },
        (error, stats) => {
          if (error) failed(error)
          else if (stats?.hasErrors()) failed(new Error(stats.toString('errors-only')))
          else done(join(output.path, output.filename))
        },
      )
    }),
  ncc: async () => {
    const out = join(project.folder, 'ncc')
    const built = await project.run(process.execPath, [
      toolPath('@vercel/ncc/dist/ncc/cli.js'),
      'build',
      entry,
      '-o',
      out,
    ])
    expect(built.code, built.stderr).toBe(0)
    return join(out, 'index.mjs')
  },
}

it.each(Object.keys(bundlers))(
  'works in one file made by %s, also when the process exits in a run',
  async (name) => {
    const file = (await bundlers[name]?.()) ?? ''

    const ended = await project.run(process.execPath, [file])

    expect(ended).toMatchObject({ code: 6, stderr: '' })
    expect(project.kinds()).toEqual(['start', 'success', 'start', 'success', 'start', 'fail'])
    expect(project.server.pings().at(-5)?.meta).toMatchObject({ n: 4 })
    expect(project.server.pings().at(-3)?.meta).toMatchObject({ files: 3 })
  },
)
