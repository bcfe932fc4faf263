import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { frame } from '../src/disk/queue/spool-frame.ts'
import { pingName } from '../src/disk/queue/spool-name.ts'
import { openSpool } from '../src/disk/spool.ts'
import { bundleProgram, startProgram, temporaryFolder } from './support/run-program.ts'
import { DESTINATION, spoolRecord } from './support/spool-records.ts'
import { spoolWorld } from './support/spool-world.ts'

const PRELUDE = `
  import { writeSync } from 'node:fs'
  import { openSpool } from '../src/disk/spool.ts'
  import { systemSpoolSurroundings } from '../src/disk/system-spool-surroundings.ts'
  import { DESTINATION, spoolRecord } from './support/spool-records.ts'
  const directory = process.env['SPOOL'] ?? ''
  const spool = openSpool({ directory }, systemSpoolSurroundings((warning) => writeSync(2, warning + '\\n')))
  const record = (runId: string) =>
    spoolRecord({ runId, occurredAt: new Date().toISOString(), body: { logOutput: 'line\\n'.repeat(1_500) } })
`

it.each([2, 8])(
  'hands each of 2,000 records to one of %i processes',
  async (processes) => {
    const directory = join(await temporaryFolder(), 'spool')
    await mkdir(directory, { mode: 0o700 })
    const occurredAt = new Date().toISOString()
    for (let run = 0; run < 2_000; run++) {
      const record = spoolRecord({ runId: `run-${run}`, occurredAt })
      const text = frame(record) ?? ''
      await writeFile(join(directory, pingName(record, text.length, `1-0-${run}-a`)), text)
    }
    const program = await bundleProgram(`${PRELUDE}
    const drain = async () => {
      for (;;) {
        const claimed = await spool.claim({ ...DESTINATION, atMost: 10 })
        if (claimed.length === 0) return
        for (const { record, done } of claimed) {
          writeSync(1, record.runId + '\\n')
          await done()
        }
      }
    }
    void drain()
  `)

    const endings = await Promise.all(
      Array.from({ length: processes }, () => startProgram(program, { env: { SPOOL: directory } }).ending),
    )

    const handedOut = endings.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''))
    expect(endings.map(({ stderr }) => stderr).join('')).toBe('')
    expect(handedOut).toHaveLength(2_000)
    expect(new Set(handedOut).size).toBe(2_000)
    expect(await readdir(directory)).toEqual([])
  },
  60_000,
)

it('leaves whole records only, wherever its process is killed', async () => {
  const directory = join(await temporaryFolder(), 'spool')
  const program = await bundleProgram(`${PRELUDE}
    const write = async () => {
      for (let run = 0; ; run++) {
        const isWritten = run % 2 === 0 ? await spool.write(record('run-' + run)) : spool.writeSync(record('run-' + run))
        if (isWritten) writeSync(1, '.')
      }
    }
    void write()
  `)
  let written = 0
  for (let round = 0; round < 20; round++) {
    const { child, ending } = startProgram(program, { env: { SPOOL: directory } })
    if (child.stdout === null) throw new Error('The process was started without a pipe')
    await once(child.stdout, 'data')
    // Anywhere in the next writes, each of which takes about a millisecond.
    for (let spin = 0; spin < round * 100; spin++) await new Promise((resolve) => setImmediate(resolve))
    child.kill('SIGKILL')
    written += (await ending).stdout.length
  }

  const spool = openSpool({ directory, maxFiles: 100_000 }, spoolWorld().surroundings)
  let found = 0
  for (;;) {
    const claimed = await spool.claim({ ...DESTINATION, atMost: 1_000 })
    if (claimed.length === 0) break
    found += claimed.length
    for (const { done } of claimed) await done()
  }

  expect(spool.stats().unreadable).toBe(0)
  // Killed between the rename and the dot, a record is there that was not counted: one a round at most.
  expect(found).toBeGreaterThanOrEqual(Math.min(written, 1))
  expect(found + spool.stats().droppedForSpace).toBeLessThanOrEqual(written + 20)
}, 60_000)

it('keeps its pings in memory where no file may grow, and tells why', async () => {
  const directory = join(await temporaryFolder(), 'spool')
  await mkdir(directory, { mode: 0o700 })
  const program = await bundleProgram(`${PRELUDE}
    const write = async () => {
      const results = [await spool.write(record('run-1')), spool.writeSync(record('run-2'))]
      writeSync(1, JSON.stringify({ results, unusable: spool.stats().unusable }))
    }
    void write()
  `)

  // The shell's unit is 512 bytes: enough for nothing that the spool writes.
  const child = spawn('sh', ['-c', 'ulimit -f 1; exec "$0" "$1"', process.execPath, program], {
    env: { ...process.env, SPOOL: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ])

  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ results: [false, false], unusable: 'writing failed (EFBIG)' })
  expect(stderr).toContain('Pings are kept in memory only')
  expect(await readdir(directory)).toEqual([])
})
