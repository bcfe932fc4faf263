import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { SpoolFiles } from '../src/disk/spool-files.ts'
import { openSpool } from '../src/disk/spool.ts'
import { temporaryFolder } from './support/run-program.ts'
import { DESTINATION, spoolRecord } from './support/spool-records.ts'
import { spoolWorld } from './support/spool-world.ts'

async function givenSpool() {
  const world = spoolWorld()
  const directory = join(await temporaryFolder(), 'spool')
  return { ...world, directory, spool: openSpool({ directory }, world.surroundings) }
}

const record = spoolRecord({ runId: 'run-1', occurredAt: new Date().toISOString() })

const WRITE_FAULTS: readonly (readonly [keyof SpoolFiles, string])[] = [
  ['writeNew', 'ENOSPC'],
  ['writeNew', 'EROFS'],
  ['writeNew', 'EACCES'],
  ['writeNew', 'EIO'],
  ['writeNew', 'EMFILE'],
  ['writeNew', 'EDQUOT'],
  ['writeNew', 'EFBIG'],
  ['writeNew', 'ENAMETOOLONG'],
  ['rename', 'EXDEV'],
  ['rename', 'ENOSPC'],
  ['syncDirectory', 'EIO'],
  ['list', 'EMFILE'],
]
const SYNC_OF = {
  writeNew: 'writeNewSync',
  rename: 'renameSync',
  syncDirectory: 'syncDirectorySync',
  list: 'listSync',
} as Readonly<Record<string, keyof SpoolFiles>>

it.each(WRITE_FAULTS)(
  'rests for a minute after %s failed with %s, and leaves nothing behind',
  async (operation, code) => {
    const { spool, directory, clock, warnings, breakFiles } = await givenSpool()
    const expectRest = async (): Promise<void> => {
      expect(await spool.write(record)).toBe(false)
      expect(spool.writeSync(record)).toBe(false)
      expect(await readdir(directory)).toEqual([])
    }

    breakFiles(operation, code)
    await expectRest()
    expect(warnings).toEqual([expect.stringContaining(`writing failed (${code})`)])
    breakFiles(operation, undefined)
    await clock.advance(59_999)
    await expectRest()
    await clock.advance(1)

    expect(await spool.write(record)).toBe(true)
    expect(spool.stats()).toMatchObject({ written: 1, notWritten: 4, unusable: undefined })
  },
)

it.each(WRITE_FAULTS)('does the same in an exit handler: %s, %s', async (operation, code) => {
  const { spool, directory, warnings, breakFiles } = await givenSpool()
  breakFiles(SYNC_OF[operation] ?? operation, code)

  expect(spool.writeSync(record)).toBe(false)

  expect(await readdir(directory)).toEqual([])
  expect(warnings).toEqual([expect.stringContaining(code)])
})

it('warns once for as long as nothing works, and again for the next fault', async () => {
  const { spool, clock, warnings, breakFiles } = await givenSpool()
  breakFiles('writeNew', 'ENOSPC')
  for (let minute = 0; minute < 10; minute++) {
    await spool.write(record)
    await clock.advance(60_000)
  }
  expect(warnings).toHaveLength(1)

  breakFiles('writeNew', undefined)
  await spool.write(record)
  breakFiles('writeNew', 'EIO')
  await spool.write(record)

  expect(warnings).toHaveLength(2)
})

it('does not even look at the disk while it rests', async () => {
  const { spool, warnings, breakFiles } = await givenSpool()
  breakFiles('writeNew', 'ENOSPC')
  await spool.write(record)
  breakFiles('list', 'EIO')

  expect(await spool.claim(DESTINATION)).toEqual([])
  expect(spool.stats().unusable).toContain('ENOSPC')
  expect(warnings).toHaveLength(1)
})

it.each<[keyof SpoolFiles, string]>([
  ['list', 'EACCES'],
  ['read', 'EIO'],
  ['touch', 'EROFS'],
  ['rename', 'EROFS'],
])('reads nothing, and loses nothing, when %s fails with %s', async (operation, code) => {
  const { spool, clock, warnings, breakFiles } = await givenSpool()
  await spool.write(record)
  breakFiles(operation, code)

  expect(await spool.claim(DESTINATION)).toEqual([])
  expect(warnings).toEqual([expect.stringContaining(`reading failed (${code})`)])
  breakFiles(operation, undefined)
  await clock.advance(60_000)

  expect(await spool.claim(DESTINATION)).toHaveLength(1)
})

it('hands a record out again when it could not be removed', async () => {
  const { spool, clock, breakFiles } = await givenSpool()
  await spool.write(record)
  const [claimed] = await spool.claim(DESTINATION)
  breakFiles('remove', 'EROFS')
  await claimed?.done()
  breakFiles('remove', undefined)

  await clock.advance(60_001)

  const [again] = await spool.claim(DESTINATION)
  // The same id: who takes part in this can tell that it is one ping.
  expect(again?.record.id).toBe(record.id)
})
