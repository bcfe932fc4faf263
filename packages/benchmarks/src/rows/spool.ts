import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { environmentOf, startService } from '../harness/service.ts'
import { run, start } from '../harness/run-program.ts'
import type { Row } from '../harness/row.ts'

const KILLS = 1_000

/** Writes failures until it is killed at some moment; the number that it says are on the disk. */
async function writeUntilKilled(directory: string, env: Readonly<Record<string, string>>): Promise<number> {
  const { child, ended } = start('spool-writes', { ...env, SPOOL: directory })
  if (child.stdout === null) throw new Error('The process was started without pipes')
  let said = 0
  const lines = createInterface(child.stdout)
  lines.on('line', (line) => (said += Number(line)))
  await once(lines, 'line')
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
  child.kill('SIGKILL')
  await ended
  return said
}

async function keptIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.includes('.ping'))
}

export const SPOOL: readonly Row[] = [
  {
    id: 'N21',
    what: `spool: ${KILLS} processes killed while they write; files that say too little, failures that do not come through`,
    goal: '0, 0',
    isLong: true,
    measure: async () => {
      const service = await startService()
      const env = environmentOf(service)
      let torn = 0
      let said = 0
      let kills = 0
      const round = async (): Promise<void> => {
        while (kills < KILLS) {
          const directory = await mkdtemp(join(tmpdir(), 'crontify-spool-'))
          for (let inRound = 0; inRound < 20 && kills < KILLS; inRound++) {
            kills++
            said += await writeUntilKilled(directory, env)
          }
          for (let names = await keptIn(directory); names.length > 0; names = await keptIn(directory)) {
            // A process counts as dead a minute after its last sign of life.
            const longAgo = new Date(Date.now() - 120_000)
            await Promise.all(names.map((name) => utimes(join(directory, name), longAgo, longAgo)))
            await run('flush-spool', { ...env, SPOOL: directory })
          }
          const bad = await readdir(join(directory, 'bad')).catch(() => [])
          torn += bad.length
          await rm(directory, { recursive: true, force: true })
        }
      }
      await Promise.all([round(), round()])
      await service.close()
      const delivered = [...service.keys].filter((key) => key.endsWith('.fail')).length
      const lost = Math.max(0, said - delivered)
      return {
        value: `${torn} torn, ${lost} lost of ${said} that were said to be kept, ${delivered} delivered`,
        met: torn === 0 && lost === 0,
        numbers: { kills, torn, lost, said, delivered },
      }
    },
  },
]
