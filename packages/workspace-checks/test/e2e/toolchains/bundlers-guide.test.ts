import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { packedProject, type PackedProject } from '../packed-project.ts'

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../../../../docs/bundlers.md'), 'utf8')
const JOB = `import { CrontifyMonitor } from '@crontify/sdk'
import { currentRun } from '@crontify/sdk/context'
const monitor = new CrontifyMonitor({ monitorId: 'm' })
monitor.wrap(async function syncUsers() {
  if (process.env.FAILS) throw new Error('disk is full')
  currentRun().meta({ n: 4 })
}).catch(() => {})
`

/** Build scripts of the guide, by the heading above them. */
const scripts = [...DOCUMENT.matchAll(/^## ([^\n]+)\n(?:(?!^## )[^])*?```js\n([^]*?)```/gm)].map(
  ([, name = '', code = '']) => ({ name, code }),
)

let project: PackedProject

beforeAll(async () => {
  project = await packedProject(
    ['sdk'],
    [
      'esbuild',
      'rollup',
      '@rollup/plugin-commonjs',
      '@rollup/plugin-node-resolve',
      'rolldown',
      'webpack',
      '@vercel/ncc',
    ],
  )
  project.write('job.mjs', JOB)
})
afterAll(() => project.close())

/** Runs the bundle in a folder from which no package can be found. */
async function runsTheJob(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(project.folder, 'dist'), folder, { recursive: true })
  const bundles = ['job.mjs', 'job.cjs', 'index.mjs'].map((name) => join(folder, name))
  const file = bundles.find((path) => existsSync(path)) ?? ''

  expect(await project.run(process.execPath, [file])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(project.kinds()).toEqual(['start', 'success'])
  expect(project.server.pings().at(-1)?.meta).toMatchObject({ n: 4 })
}

it('has a script for each bundler that needs one', () => {
  expect(scripts.map(({ name }) => name)).toEqual(['esbuild', 'rollup', 'rolldown', 'webpack'])
})

it.each(scripts)('bundles a job that runs with the script for $name', async ({ name, code }) => {
  rmSync(join(project.folder, 'dist'), { recursive: true, force: true })
  const script = project.write(`build-${name}.mjs`, code)

  const built = await project.run(process.execPath, [script])

  expect(built.code, built.stderr).toBe(0)
  await runsTheJob()
})

it('bundles a job that runs with the command for ncc', async () => {
  rmSync(join(project.folder, 'dist'), { recursive: true, force: true })
  const [, parameters = ''] = /```sh\nnpx ncc ([^\n]+)\n```/.exec(DOCUMENT) ?? []

  const cli = join(project.folder, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const built = await project.run(process.execPath, [cli, ...parameters.split(' ')])

  expect(built.code, built.stderr).toBe(0)
  await runsTheJob()
})

it('names the line of the source in a failure, with the source map of the script for esbuild', async () => {
  const script = project.write('with-source-map.mjs', scripts[0]?.code ?? '')
  expect((await project.run(process.execPath, [script])).code).toBe(0)

  const job = join(project.folder, 'dist/job.mjs')
  await project.run(process.execPath, ['--enable-source-maps', job], { FAILS: '1' })

  const line = JOB.split('\n').findIndex((text) => text.includes('disk is full')) + 1
  expect(project.kinds()).toEqual(['start', 'fail'])
  expect(project.server.pings().at(-1)?.logOutput).toContain(`/job.mjs:${line}:`)
})
