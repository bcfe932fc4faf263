import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { createMockServer } from '@crontify/mock-server'
import { expect, it, onTestFinished } from 'vitest'
import { bundleProgram, startProgram, temporaryFolder } from './support/run-program.ts'

const SERVICES = ['healthy', 'slow', 'failing'] as const
const KILLS_PER_SERVICE = 20
const AT_ONCE = 4
/** Milliseconds after its first sign within which a process is killed: the run and the delivery of its end. */
const LIFETIME_MS = 120

const RUN_ONCE = `
  import { writeSync } from 'node:fs'
  import { CrontifyMonitor } from '../src/index.ts'
  const monitor = new CrontifyMonitor({
    monitorId: process.env['MONITOR'] ?? '',
    logger: false,
    delivery: { spoolDirectory: process.env['SPOOL'] ?? '' },
  })
  writeSync(1, 'up.')
  void monitor.wrap(async () => {
    writeSync(1, 'began.')
    await new Promise((resolve) => setTimeout(resolve, 30))
    return { files_copied: 1 }
  })
`

const DELIVER_THE_REST = `
  import { CrontifyMonitor } from '../src/index.ts'
  const spoolDirectory = process.env['SPOOL'] ?? ''
  const monitor = new CrontifyMonitor({ monitorId: 'later', delivery: { spoolDirectory } })
  void monitor.wrap(() => undefined)
`

/** Lets the minute pass for which a killed process still counts as the one that works on a file. */
async function endClaims(spool: string): Promise<void> {
  const claims = (await readdir(spool)).filter((name) => name.includes('.claim.'))
  const aMinuteAgo = Date.now() / 1_000 - 61
  for (const name of claims) await utimes(join(spool, name), aMinuteAgo, aMinuteAgo)
}

it.each(SERVICES)(
  'loses no run of a process that is killed, whenever that is, while the service is %s',
  async (service) => {
    const ids = Array.from({ length: KILLS_PER_SERVICE }, (_, index) => `job-${index}`)
    const monitors = [...ids, 'later'].map((id) => ({ id }))
    const server = await createMockServer({ monitors, rateLimitPerMinute: 1_000_000 })
    onTestFinished(() => server.close())
    if (service === 'slow') server.faults.add({ type: 'latency', delay: '60ms' })
    if (service === 'failing') server.faults.add({ type: 'status', status: 503 })
    const spool = join(await temporaryFolder(), 'spool')
    const env = { CRONTIFY_API_KEY: server.apiKey, CRONTIFY_BASE_URL: server.url, SPOOL: spool }
    const program = await bundleProgram(RUN_ONCE)
    const began = new Set<string>()

    const killOne = async (id: string, sign: 'up' | 'began', afterMs: number): Promise<void> => {
      const { child, ending } = startProgram(program, { env: { ...env, MONITOR: id } })
      let output = ''
      child.stdout?.on('data', (chunk: string | Buffer) => {
        const before = output
        output += String(chunk)
        if (!before.includes(sign) && output.includes(sign)) {
          setTimeout(() => child.kill('SIGKILL'), afterMs)
        }
      })
      if ((await ending).stdout.includes('began')) began.add(id)
    }
    // Every third process is killed around the begin of its run, the others within the run or the delivery of its end.
    const waiting = ids.map((id, index) => () => {
      return killOne(id, index % 3 === 0 ? 'up' : 'began', (index / ids.length) * LIFETIME_MS)
    })
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next()
      }),
    )
    server.faults.clear()
    const rest = await bundleProgram(DELIVER_THE_REST)
    await endClaims(spool)
    await startProgram(rest, { env }).ending

    for (const id of began) {
      const ends = new Set(
        server.pings().flatMap((ping) => (ping.monitorId === id && ping.kind !== 'start' ? [ping.kind] : [])),
      )
      // Never both: a success that the service has heard of does not become a failure.
      expect([id, ...ends]).toHaveLength(2)
    }
    expect(began.size).toBeGreaterThan(KILLS_PER_SERVICE / 2)
    expect((await readdir(spool)).filter((name) => /\.(?:run|ping)\b/.test(name))).toEqual([])
  },
  60_000,
)
