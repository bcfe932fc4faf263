import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')

/** What may stand at the top of the repository, besides dotfiles. */
const TOP_LEVEL = [
  'ARCHITECTURE.md',
  'CODE_OF_CONDUCT.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'docs',
  'examples',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'vitest.workspace.ts',
]

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  .toString()
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)))

it('keeps the top level to what the design names', () => {
  const top = [...new Set(tracked.map((file) => file.split('/')[0]))].filter((name) => !name?.startsWith('.'))

  expect(top.sort()).toEqual(TOP_LEVEL)
})

it.each([
  'protocol',
  'alert-engine',
  'sdk',
  'node-cron',
  'express',
  'fastify',
  'web',
  'aws-lambda',
  'nestjs',
  'opentelemetry',
  'bullmq',
  'agenda',
  'pg-boss',
  'graphile-worker',
  'mock-server',
  'adapter-conformance',
  'cli',
])('gives %s its five files', (name) => {
  for (const file of ['package.json', 'README.md', 'LICENSE', 'tsconfig.json', 'src/index.ts']) {
    expect(tracked).toContain(`packages/${name}/${file}`)
  }
})

it('has no file over 400 lines, and none that is named after nothing', () => {
  const sources = tracked.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file))
  const long = sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 400)
  const nameless = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.[a-z]+)?(\/|$)/.test(file))

  expect([...long, ...nameless]).toEqual([])
})

it('has no registry address in the lockfile', () => {
  expect(readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8')).not.toMatch(/https?:\/\/|tarball:/)
})

it('switches no test off', () => {
  const tests = tracked.filter((file) => /\.test(-d)?\.ts$/.test(file))
  const off = tests.filter((file) =>
    /\b(?:it|test|describe)\.(?:only|skip|todo)\(/.test(readFileSync(join(ROOT, file), 'utf8')),
  )

  expect(off).toEqual([])
})
