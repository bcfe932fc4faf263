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

it.each(workflows)(
  'uses in %s only actions that are pinned to a commit, with their version beside it',
  (_, text) => {
    const used = [...text.matchAll(/uses: (\S+)(.*)/g)].map(
      ([, action = '', rest = '']) => `${action}${rest}`,
    )

    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  },
)

it.each(workflows)(
  'runs in %s what a contributor runs, with a limit of time and no right it does not need',
  (_, text) => {
    expect(text).toContain('- run: npm test\n')
    expect(text).toMatch(/timeout-minutes: \d+/)
    expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m)
  },
)

it('releases with the scripts and the pnpm that there are', () => {
  const release = workflows.find(([name]) => name === 'release.yml')?.[1] ?? ''
  const named = [...release.matchAll(/pnpm run (\S+)/g)].map(([, script = '']) => script)

  expect(named.filter((script) => scripts[script] === undefined)).toEqual([])
  const pnpm = /pnpm@([\d.]+)/.exec(release)?.[1]
  expect(`${packageManager}${scripts['test'] ?? ''}`).toContain(`pnpm@${pnpm}`)
  expect(release).toContain('id-token: write')
})
