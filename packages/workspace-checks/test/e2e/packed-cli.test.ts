import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
/** All that an installation takes, unpacked. */
const INSTALLED_LIMIT_BYTES = 4_000_000
/** What `exec` and `ping` load of ours, before the client. */
const LOADED_LIMIT_BYTES = 60_000

const project = mkdtempSync(join(tmpdir(), 'crontify-packed-cli-'))
const bin = join(project, 'node_modules/.bin/crontify')
const FOLDER = join(project, 'node_modules/@crontify/cli')
let server: MockServer

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }] })
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  for (const name of ['sdk', 'cli']) {
    const packed = await runProgram('pnpm', ['pack', '--pack-destination', project], {
      cwd: join(PACKAGES, name),
    })
    expect(packed.code, packed.stderr).toBe(0)
  }
  const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz'))
  const installed = await runProgram(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...tarballs.map((file) => `./${file}`)],
    { cwd: project },
  )
  expect(installed.code, installed.stderr).toBe(0)
})

afterAll(async () => {
  await server.close()
  rmSync(project, { recursive: true, force: true })
})

it('ships its program in parts, its library, the dashboard and the licenses', () => {
  const files = readdirSync(FOLDER, { recursive: true })
    .map(String)
    .filter((file) => file.includes('.') || file === 'LICENSE')
    .filter((file) => !/^dist\/(?!bin|index)[a-z-]+\.cjs$/.test(file))

  expect(files.sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/crontify.cjs',
    'dist/THIRD-PARTY-LICENSES.txt',
    'dist/bin.cjs',
    'dist/crontify.1',
    'dist/dashboard/LICENSES.txt',
    'dist/dashboard/app.css',
    'dist/dashboard/app.js',
    'dist/index.cjs',
    'dist/index.d.cts',
    'dist/index.d.ts',
    'dist/index.js',
    'package.json',
  ])
})

it('installs in three packages and 4 MB', () => {
  const root = join(project, 'node_modules')
  const files = readdirSync(root, { recursive: true }).map((file) => lstatSync(join(root, String(file))))
  const bytes = files.reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0)
  const names = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => /^(?:@[^/]+\/)?[^/@.]+\/package\.json$/.test(file))

  expect(names.sort()).toEqual([
    '@crontify/cli/package.json',
    '@crontify/sdk/package.json',
    'jiti/package.json',
  ])
  expect(bytes).toBeLessThanOrEqual(INSTALLED_LIMIT_BYTES)
})

it.each(['exec', 'ping'])('loads for %s nothing that only other commands need', (command) => {
  const seen = new Set<string>()
  const load = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(join(FOLDER, 'dist', file), 'utf8')
    // What it loads at once, and not when a function is called.
    for (const [, name = ''] of text.matchAll(/(?:const|,)\s?[\w$]+=require\("\.\/([^"]+)"\)/g)) load(name)
  }
  load('bin.cjs')
  if (command === 'exec') load('exec-command.cjs')

  expect([...seen]).not.toContain('create-mock-server.cjs')
  const bytes = [...seen].reduce((sum, file) => sum + lstatSync(join(FOLDER, 'dist', file)).size, 0)
  expect(bytes).toBeLessThan(LOADED_LIMIT_BYTES)
})

it('runs a job as the README says', async () => {
  const env = { CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url }

  const ended = await runProgram(bin, ['exec', 'nightly-backup', '--', 'echo', 'copied'], {
    cwd: project,
    env,
  })

  expect(ended).toEqual({ code: 0, stdout: 'copied\n', stderr: '' })
  expect(server.runs('nightly-backup')).toMatchObject([{ status: 'success', meta: { exit_code: 0 } }])
})

it('reads a configuration in TypeScript', async () => {
  const config = `import { defineMonitor } from '@crontify/sdk'
    export const monitors = [defineMonitor({ id: 'thumbnails', tier: 4 as const })]`
  writeFileSync(join(project, 'crontify.config.ts'), config)

  const ended = await runProgram(bin, ['audit'], { cwd: project })

  expect([ended.code, ended.stderr]).toEqual([0, ''])
  expect(ended.stdout).toContain('Nothing is missing.')
})
