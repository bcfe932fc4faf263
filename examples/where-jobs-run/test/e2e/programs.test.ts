import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type JobServers, startJobServers } from '@crontify/adapter-conformance/servers'
import { createMockServer } from '@crontify/mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'

const FOLDER = resolve(import.meta.dirname, '../..')
/** What the programs share, or start. */
const PARTS = ['call.ts', 'write-report.ts', 'bree-job.ts']
const LONGEST_MS = 30_000

let servers: JobServers
beforeAll(async () => {
  servers = await startJobServers()
})
afterAll(() => servers.stop())

const programs = readdirSync(join(FOLDER, 'src'))
  .filter((file) => !PARTS.includes(file))
  .map((file) => file.replace('.ts', ''))

it.each(programs)(
  'reports one run of the job in %s, and nothing else',
  async (program) => {
    const server = await createMockServer({ monitors: [{ id: 'nightly-report' }, { id: 'mail-worker' }] })
    const file = join(FOLDER, 'dist', `${program}.js`)
    expect(existsSync(file), 'build it first: pnpm build').toBe(true)

    const child = spawn(process.execPath, [file], {
      timeout: LONGEST_MS,
      env: {
        ...process.env,
        CRONTIFY_API_KEY: server.apiKey,
        CRONTIFY_BASE_URL: server.url,
        ...servers.env,
      },
    })
    let errors = ''
    child.stderr.on('data', (text: Buffer) => (errors += String(text)))
    const [code] = (await once(child, 'close')) as [number | null]
    await server.close()

    expect([code, errors.replaceAll(/^.*INFO.*\n/gm, '')]).toEqual([0, ''])
    const pings = server.pings().map(({ kind, meta }) => [kind, meta?.['rows']])
    expect(pings).toEqual(
      program === 'worker'
        ? [['success', undefined]]
        : [
            ['start', undefined],
            ['success', 120],
          ],
    )
  },
  LONGEST_MS + 5_000,
)
