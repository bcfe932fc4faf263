import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What `npm install` of one package puts on the disk. */
export interface InstallSize {
  readonly packages: number
  readonly bytes: number
}

/**
 * Installs a package into an empty project, without running its scripts, and measures what is there then.
 *
 * @param specifier  As for `npm install`: a name with its version, or a file.
 */
export async function installSize(specifier: string): Promise<InstallSize> {
  const project = await mkdtemp(join(tmpdir(), 'crontify-install-'))
  try {
    await writeFile(join(project, 'package.json'), '{ "private": true }')
    await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', specifier], {
      cwd: project,
    })
    const modules = join(project, 'node_modules')
    const lock = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8')) as {
      packages: Readonly<Record<string, unknown>>
    }
    return { packages: Object.keys(lock.packages).length, bytes: await bytesIn(modules) }
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

/** Our own package as it would be published. The caller removes the folder. */
export async function packSdk(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'crontify-pack-'))
  const sdk = fileURLToPath(new URL('../../sdk/', import.meta.url))
  await execute('npx', ['--yes', '-p', 'pnpm@12.21.0', 'pnpm', 'pack', '--pack-destination', folder], {
    cwd: sdk,
  })
  const [name = ''] = await readdir(folder)
  return { folder, file: join(folder, name) }
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size
  }
  return bytes
}
