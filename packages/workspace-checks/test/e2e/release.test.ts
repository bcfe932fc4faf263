import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'

type Manifest = Readonly<Record<string, unknown>>

const ROOT = resolve(import.meta.dirname, '../../../..')
const { complete, manifestOf, publishedFolders } = (await import(
  pathToFileURL(join(ROOT, '.config/manifests.js')).href
)) as {
  complete(folder: string): Manifest
  manifestOf(folder: string): Manifest
  publishedFolders(): string[]
}
const AUTHOR = ['-c', 'user.name=release', '-c', 'user.email=release@example.com']
const folder = mkdtempSync(join(tmpdir(), 'crontify-release-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(command: string, parameters: readonly string[], cwd = folder): string {
  const PATH = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}

/** What decides about versions, in a repository of its own. */
function copy(): void {
  const known = ['ls-files', '--cached', '--others', '--exclude-standard']
  const tracked = run('git', [...known, '*package.json', '*CHANGELOG.md', '.changeset', '.config'], ROOT)
  for (const file of [...tracked.trim().split('\n'), 'pnpm-workspace.yaml', '.prettierrc.json']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(ROOT, file), join(folder, file))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  run('git', ['init', '--quiet'])
}

/** Writes a changeset for the SDK, and does what a release does with all of them. */
function release(change: string): readonly Manifest[] {
  writeFileSync(
    join(folder, '.changeset', `${change}.md`),
    `---\n'@crontify/sdk': minor\n---\n\n${change}.\n`,
  )
  run('git', ['add', '--all'])
  run('git', [...AUTHOR, 'commit', '--quiet', '--message', 'a release'])
  const { scripts } = manifestOf('.') as unknown as { scripts: Record<string, string> }
  run('sh', ['-c', scripts['release:version'] ?? ''])
  return publishedFolders().map(
    (name) =>
      JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8')) as Record<
        string,
        unknown
      >,
  )
}

function versionsOf(manifests: readonly Manifest[]): string[] {
  return manifests.map(({ version }) => String(version))
}

it('gives all packages one version, and the next one no major one because of a peer', () => {
  copy()
  const first = versionsOf(release('one-thing'))
  const [major, minor] = (first[0] ?? '').split('.').map(Number)

  const second = release('another-thing')

  expect(new Set(first).size).toBe(1)
  expect(new Set(versionsOf(second))).toEqual(new Set([`${major}.${Number(minor) + 1}.0`]))
  expect(second.find(({ name }) => name === '@crontify/express')?.['peerDependencies']).toMatchObject({
    '@crontify/sdk': `>=${major}.${Number(minor) + 1}.0 <${Number(major) + 1}`,
  })
})

it.each(publishedFolders())('has what npm shows of packages/%s from the one manifest at the root', (name) => {
  expect(manifestOf(join('packages', name))).toEqual(complete(name))
})
