import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
const PACKED_LIMIT_BYTES = 60_000

const project = mkdtempSync(join(tmpdir(), 'crontify-packed-cli-'))
const bin = join(project, 'node_modules/.bin/crontify')
let server: MockServer

beforeAll(async () => {
  server = await createMockServer({ monitors: [{ id: 'nightly-backup' }] })
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  for (const name of ['protocol', 'alert-engine', 'sdk', 'mock-server', 'cli']) {
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

it('ships its program in parts, its library and nothing else, within its size', () => {
  const folder = join(project, 'node_modules/@crontify/cli')
  const files = readdirSync(folder, { recursive: true })
    .map((file) => String(file).replace(/-[A-Z0-9]{8}(?=\.js$)/, '-HASH'))
    .filter((file) => file.includes('.') || file === 'LICENSE')
  const tarball = readdirSync(project).find((file) => file.startsWith('crontify-cli-')) ?? ''

  expect([...new Set(files)].sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/audit-command-HASH.js',
    'dist/bin.js',
    'dist/chunk-HASH.js',
    'dist/completion-command-HASH.js',
    'dist/crontab-command-HASH.js',
    'dist/dev-command-HASH.js',
    'dist/doctor-command-HASH.js',
    'dist/exec-command-HASH.js',
    'dist/help-HASH.js',
    'dist/index.cjs',
    'dist/index.d.cts',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/ping-command-HASH.js',
    'package.json',
  ])
  expect(statSync(join(project, tarball)).size).toBeLessThanOrEqual(PACKED_LIMIT_BYTES)
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
