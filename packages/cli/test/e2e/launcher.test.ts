import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LAUNCHER, start } from './crontify-process.ts'

/** Runs the program as `env -i` with these variables does. */
const runBare = (program: string, env: readonly string[], ...args: readonly string[]) =>
  start('/usr/bin/env', ['-i', ...env, program, ...args]).ended

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-launcher-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A node that says which one it is. */
function fakeNode(path: string, name: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\necho "${name} $*"\n`)
  chmodSync(path, 0o755)
}

/** The launcher beside nothing else, with the fixed places it looks at taken away. */
function launcherAlone(): string {
  const folder = folderFor()
  const path = join(folder, 'crontify.js')
  cpSync(LAUNCHER, path)
  return path
}

it.each([['PATH=/usr/bin:/bin'], ['PATH=/nonexistent']])('runs a job with nothing but %s', async (path) => {
  const { code, stdout } = await runBare(LAUNCHER, [path], 'exec', 'm', '--quiet', '--', '/bin/echo', 'a b')

  expect([code, String(stdout)]).toEqual([0, 'a b\n'])
})

it('is a module that node runs as well', async () => {
  const { code, stdout } = await start(process.execPath, [LAUNCHER, '--version']).ended

  expect([code, String(stdout)]).toEqual([0, '0.0.0\n'])
})

it('works through a link in another directory', async () => {
  const link = join(folderFor(), 'crontify')
  symlinkSync(LAUNCHER, link)

  expect((await runBare(link, ['PATH=/nonexistent'], '--version')).code).toBe(0)
})

it('prefers the node that it is told, then the one of PATH, then the one beside it', async () => {
  const launcher = launcherAlone()
  const folder = dirname(launcher)
  for (const name of ['told', 'path', 'beside']) fakeNode(join(folder, name, 'node'), name)
  fakeNode(join(folder, 'node'), 'beside')
  const said = async (...env: string[]) => String((await runBare(launcher, env, 'x')).stdout)

  expect(await said(`CRONTIFY_NODE=${folder}/told/node`, `PATH=${folder}/path`)).toBe(`told ${launcher} x\n`)
  expect(await said(`PATH=${folder}/path`)).toBe(`path ${launcher} x\n`)
  expect(await said('PATH=/nonexistent')).toBe(`beside ${launcher} x\n`)
})
