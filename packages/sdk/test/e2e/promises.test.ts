import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startFaultServer, type FaultServer, type Script } from '../support/fault-server.ts'
import * as faults from '../support/faults.ts'

/** What a user would write after reading docs/delivery.md, and nothing else. */
const PROGRAM = `
import { CrontifyMonitor } from '@crontify/sdk'

const monitor = new CrontifyMonitor({ monitorId: 'nightly-backup' })
const told = []
for (const outcome of ['resolves', 'throws']) {
  const calledAt = performance.now()
  let beganAt, endedAt
  const thrown = new Error('disk is full')
  try {
    const result = await monitor.wrap(async () => {
      beganAt = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 20))
      endedAt = performance.now()
      if (outcome === 'throws') throw thrown
      return 42
    })
    told.push({ outcome, same: result === 42 })
  } catch (error) {
    told.push({ outcome, same: error === thrown })
  }
  Object.assign(told.at(-1), { heldMs: beganAt - calledAt, waitedMs: performance.now() - endedAt })
}
const { created, delivered, skipped, dropped, spooled, pending } = monitor.stats()
const reconciles = created === delivered + skipped + dropped + spooled + pending
console.log(JSON.stringify({ told, delivered, reconciles, overAt: Date.now() }))
process.exitCode = 3
`

interface Told {
  readonly told: readonly {
    readonly outcome: string
    readonly same: boolean
    readonly heldMs: number
    readonly waitedMs: number
  }[]
  readonly delivered: number
  readonly reconciles: boolean
  readonly overAt: number
}

interface Watched {
  readonly told: Told
  readonly code: number | null
  readonly stderr: string
  readonly heldAfterMs: number
}

const KEY = 'ck_live_SENTINEL0123456789abcdef'

async function run(baseUrl: string): Promise<Watched> {
  // Inside of the package, so that its own name resolves to what was built.
  const folder = await mkdtemp(join(resolve(import.meta.dirname, '../..'), '.promises-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'program.mjs')
  await writeFile(file, PROGRAM)
  const { NODE_OPTIONS: _, ...env } = process.env
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [file],
      { env: { ...env, CRONTIFY_API_KEY: KEY, CRONTIFY_BASE_URL: baseUrl } },
      (_error, stdout, stderr) => {
        const told = JSON.parse(stdout) as Told
        done({ told, code: child.exitCode, stderr, heldAfterMs: Date.now() - told.overAt })
      },
    )
  })
}

async function serve(script: Script): Promise<FaultServer> {
  const server = await startFaultServer(script)
  onTestFinished(() => server.close())
  return server
}

/** The three promises, as far as a program can see them. */
function expectUnharmed({ told, code, stderr, heldAfterMs }: Watched): void {
  expect(told.told.map(({ same }) => same)).toEqual([true, true])
  expect(told.reconciles).toBe(true)
  expect(code).toBe(3)
  for (const { heldMs, waitedMs } of told.told) {
    expect(heldMs).toBeLessThan(1_000)
    expect(waitedMs).toBeLessThan(5_500)
  }
  expect(heldAfterMs).toBeLessThan(2_500)
  expect(stderr).toContain('[crontify]')
  expect(stderr).not.toMatch(/SENTINEL|at .*:\d+:\d+/)
}

it('keeps its promises against a service that takes everything and never answers', async () => {
  const server = await serve(faults.neverAnswer())

  const watched = await run(server.origin)

  expectUnharmed(watched)
  expect(watched.told.delivered).toBe(0)
  const starts = server.requests.filter(({ path }) => path.endsWith('/start'))
  expect(new Set(starts.map(({ headers }) => headers['x-client-run-id'])).size).toBe(starts.length)
})

it('keeps its promises against a service that always answers 503', async () => {
  const server = await serve(faults.answer({ status: 503 }))

  const watched = await run(server.origin)

  expectUnharmed(watched)
  expect(watched.told.delivered).toBe(0)
})

it('keeps its promises against a redirect to another origin, which learns nothing', async () => {
  const elsewhere = await serve(faults.answer())
  const server = await serve(faults.redirectTo(`${elsewhere.origin}/api/v1/ping/nightly-backup/success`))

  const watched = await run(server.origin)

  expectUnharmed(watched)
  expect(elsewhere.connections).toHaveLength(0)
  expect(watched.stderr).toContain('set baseUrl')
})

it('keeps its promises against a name that does not exist', async () => {
  const watched = await run('https://crontify-does-not-exist.invalid')

  expectUnharmed(watched)
  expect(watched.stderr).toContain('could not be resolved')
})
