import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createMockServer, type MockServer } from '@crontify/mock-server'
import { expect } from 'vitest'
import { fileWriter } from './file-writer.ts'
import { runProgram, type Ended } from './run-program.ts'

const PACKAGES = resolve(import.meta.dirname, '../../..')
const TOOLS = resolve(import.meta.dirname, '../../node_modules')

/** An empty project with packed packages in it, as a stranger would have it, and a service that it reports to. */
export interface PackedProject {
  readonly folder: string
  readonly server: MockServer
  /** Environment in which the packed SDK finds the service. */
  readonly env: Readonly<Record<string, string>>
  /** Writes a file and returns its path. */
  write(name: string, text: string): string
  run(command: string, parameters: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>
  /** Kinds of the pings that the service has received since the last call. */
  kinds(): readonly string[]
  close(): Promise<void>
}

/**
 * @param packages  Folders below `packages/`, packed and unpacked into the project's `node_modules`.
 * @param tools  Packages of this workspace's own, linked into it.
 */
export async function packedProject(
  packages: readonly string[],
  tools: readonly string[] = [],
): Promise<PackedProject> {
  const server = await createMockServer({
    monitors: [{ id: 'm' }, { id: 'queue' }],
    rateLimitPerMinute: Infinity,
  })
  const folder = mkdtempSync(join(tmpdir(), 'crontify-toolchain-'))
  const run = (command: string, parameters: readonly string[], cwd = folder, env = {}): Promise<Ended> =>
    runProgram(command, parameters, { cwd, env })
  const must = async (ended: Promise<Ended>): Promise<void> => {
    const { code, stderr } = await ended
    expect(code, stderr).toBe(0)
  }
  mkdirSync(join(folder, 'node_modules/@crontify'), { recursive: true })
  for (const name of packages) {
    const packing = join(folder, `packed-${name}`)
    mkdirSync(packing)
    await must(run('pnpm', ['pack', '--pack-destination', packing], join(PACKAGES, name)))
    const [tarball = ''] = readdirSync(packing)
    await must(run('tar', ['-xzf', join(packing, tarball), '-C', packing]))
    symlinkSync(join(packing, 'package'), join(folder, 'node_modules/@crontify', name))
  }
  for (const tool of tools) {
    mkdirSync(dirname(join(folder, 'node_modules', tool)), { recursive: true })
    symlinkSync(join(TOOLS, tool), join(folder, 'node_modules', tool))
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "jest": { "testEnvironment": "node" } }')
  const env = { CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url }
  let seen = 0
  return {
    folder,
    server,
    env,
    write: fileWriter(folder),
    run: (command, parameters, more = {}) => run(command, parameters, folder, { ...env, ...more }),
    kinds: () => {
      const kinds = server.pings().map(({ kind }) => kind)
      const fresh = kinds.slice(seen)
      seen = kinds.length
      return fresh
    },
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The program of a tool that is a dependency of this workspace. */
export function toolPath(path: string): string {
  return join(TOOLS, path)
}
