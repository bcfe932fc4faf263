import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { fileWriter } from './file-writer.ts'
import { runProgram, type Ended } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
const QUIET = ['--no-audit', '--no-fund', '--loglevel', 'error', '--ignore-scripts']

/** An empty project into which npm has installed packed packages, with everything that they depend on. */
export interface InstalledProject {
  readonly folder: string
  /** Writes a file and returns its path. */
  write(name: string, text: string): string
  run(command: string, parameters: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>
  close(): void
}

/**
 * @param packages  Folders below `packages/`.
 * @param registry  Packages of the registry, with their versions.
 * @param manifest  Fields of the project's manifest.
 */
export async function installedProject(
  packages: readonly string[],
  registry: readonly string[],
  manifest: object = {},
): Promise<InstalledProject> {
  const folder = mkdtempSync(join(tmpdir(), 'crontify-installed-'))
  const run = (command: string, parameters: readonly string[], env = {}): Promise<Ended> =>
    runProgram(command, parameters, { cwd: folder, env, timeoutMs: 120_000 })
  const tarballs = join(folder, 'tarballs')
  mkdirSync(tarballs)
  for (const name of packages) {
    const packed = await runProgram('pnpm', ['pack', '--pack-destination', tarballs], {
      cwd: join(PACKAGES, name),
    })
    expect(packed.code, packed.stderr).toBe(0)
  }
  const files = readdirSync(tarballs).map((file) => join(tarballs, file))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  const installed = await run('npm', ['install', ...QUIET, ...files, ...registry])
  expect(installed.code, installed.stderr).toBe(0)
  return {
    folder,
    run,
    write: fileWriter(folder),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
