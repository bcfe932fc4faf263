import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, '.github/workflows')
const workflows = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const)
const { packageManager = '', scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly packageManager?: string
  readonly scripts: Readonly<Record<string, string>>
}

function textOf(name: string): string {
  return workflows.find(([known]) => known === name)?.[1] ?? ''
}

it.each(workflows)(
  'uses in %s only actions that are pinned to a commit, with their version beside it',
  (_, text) => {
    const used = [...text.matchAll(/uses: (\S+)(.*)/g)].map(
      ([, action = '', rest = '']) => `${action}${rest}`,
    )

    expect(used.length).toBeGreaterThan(0)
    for (const action of used)
      expect(action).toMatch(/^[\w-]+(?:\/[\w-]+){1,2}@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  },
)

it.each(workflows)('gives %s a limit of time and no right that it does not need', (_, text) => {
  const jobs = text.match(/^ {4}runs-on:/gm) ?? []

  expect(text.match(/^ {4}timeout-minutes: \d+$/gm)).toHaveLength(jobs.length)
  expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m)
})

it.each(workflows)('runs in %s scripts that there are', (_, text) => {
  const named = [...text.matchAll(/p?npm run ([\w:]+)/g)].map(([, script = '']) => script)

  expect(named.filter((script) => scripts[script] === undefined)).toEqual([])
})

it.each(['ci.yml', 'release.yml'])('runs in %s what a contributor runs', (name) => {
  expect(textOf(name)).toContain('- run: npm test\n')
})

it('tests every supported line of Node on three systems', () => {
  expect(textOf('ci.yml')).toContain('system: [ubuntu-24.04, macos-15, windows-2025]')
  expect(textOf('ci.yml')).toContain('node: [20, 22, 24, 26]')
})

it('holds no major version back without saying why', () => {
  const held = readFileSync(join(ROOT, '.github/dependabot.yml'), 'utf8').matchAll(/dependency-name: (.+)/g)
  const reasons = readFileSync(join(ROOT, 'docs/decisions/2026-11-23-toolchain.md'), 'utf8')

  for (const [, name = ''] of held)
    expect(reasons).toContain(name.replaceAll("'", '').replace('@changesets/cli', 'changesets'))
})

it('releases with the pnpm that there is, and without a token of ours', () => {
  const release = textOf('release.yml')

  const pnpm = /pnpm@([\d.]+)/.exec(release)?.[1]
  expect(`${packageManager}${scripts['test'] ?? ''}`).toContain(`pnpm@${pnpm}`)
  expect(release).toContain('id-token: write')
  expect(release).not.toContain('NPM_TOKEN')
  expect(scripts['release:publish']).toContain('--provenance')
})
