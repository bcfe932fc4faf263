import { closeSync, openSync } from 'node:fs'
import {
  chmod,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { frame } from '../src/disk/queue/spool-frame.ts'
import { pingName } from '../src/disk/queue/spool-name.ts'
import type { SpoolRecord } from '../src/disk/queue/spool-record.ts'
import { openSpool } from '../src/disk/spool.ts'
import { temporaryFolder } from './support/run-program.ts'
import { DESTINATION, spoolRecord } from './support/spool-records.ts'
import { spoolWorld } from './support/spool-world.ts'

async function givenSpool(pid?: number, directory?: string) {
  const path = directory ?? join(await temporaryFolder(), 'spool')
  const world = spoolWorld(pid)
  return { ...world, directory: path, spool: openSpool({ directory: path }, world.surroundings) }
}

/** A record that happened so long ago. */
function recordAged(ageMs: number, fields: Partial<SpoolRecord> & { readonly runId: string }): SpoolRecord {
  return spoolRecord({ occurredAt: new Date(Date.now() - ageMs).toISOString(), ...fields })
}

/** The name that the spool itself would give, over any content. */
function fileOf(directory: string, record: SpoolRecord, unique: string): string {
  return join(directory, pingName(record, 100, unique))
}

it('hands out what was written, oldest first, to another process too', async () => {
  const { spool, directory } = await givenSpool(1)
  const older = recordAged(2_000, { runId: 'older', body: { errorMessage: 'disk is full' } })
  const newer = recordAged(1_000, { runId: 'newer', kind: 'success', body: { meta: { count: 7 } } })
  expect(await spool.write(newer)).toBe(true)
  expect(spool.writeSync(older)).toBe(true)
  const { spool: next } = await givenSpool(2, directory)

  const claimed = await next.claim(DESTINATION)

  expect(claimed.map(({ record }) => record)).toEqual([older, newer])
  expect(spool.stats()).toMatchObject({ written: 2, notWritten: 0, unusable: undefined })
  expect(next.stats()).toMatchObject({ claimed: 2 })
})

it('hands a record out once, and forgets it when it is done', async () => {
  const { spool, directory } = await givenSpool()
  await spool.write(recordAged(0, { runId: 'run-1' }))
  const [claimed] = await spool.claim(DESTINATION)

  expect(await spool.claim(DESTINATION)).toEqual([])
  await claimed?.done()

  expect(await readdir(directory)).toEqual([])
})

it('hands a released record out again', async () => {
  const { spool } = await givenSpool()
  await spool.write(recordAged(0, { runId: 'run-1' }))
  const [claimed] = await spool.claim(DESTINATION)

  await claimed?.release()
  await claimed?.done()
  expect(spool.stats()).toMatchObject({ claimed: 1, released: 1, done: 0 })

  const again = await spool.claim(DESTINATION)
  expect(again.map(({ record }) => record.runId)).toEqual(['run-1'])
})

it('hands out no more than was asked for, and only the monitor that was asked for', async () => {
  const { spool } = await givenSpool()
  for (const age of [3, 2, 1])
    await spool.write(recordAged(age * 1_000, { runId: `a${age}`, monitorId: 'a' }))
  await spool.write(recordAged(4_000, { runId: 'b', monitorId: 'b' }))

  const claimed = await spool.claim({ ...DESTINATION, monitorId: 'a', atMost: 2 })

  expect(claimed.map(({ record }) => record.runId)).toEqual(['a3', 'a2'])
})

it('leaves what is for another key or address alone', async () => {
  const { spool, directory } = await givenSpool()
  await spool.write(recordAged(0, { runId: 'run-1' }))
  const before = await readdir(directory)

  expect(await spool.claim({ ...DESTINATION, keyFingerprint: 'ffffffff' })).toEqual([])
  expect(await spool.claim({ ...DESTINATION, origin: 'https://dev.example.test' })).toEqual([])
  expect(await spool.claim({ ...DESTINATION, pathPrefix: '/crontify' })).toEqual([])

  expect(await readdir(directory)).toEqual(before)
})

it('lets nobody else read the directory or the files, whatever the mask', async () => {
  const oldMask = process.umask(0)
  try {
    const { spool, directory } = await givenSpool()
    await spool.write(recordAged(0, { runId: 'run-1' }))
    spool.writeSync(recordAged(0, { runId: 'run-2' }))

    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
    }
  } finally {
    process.umask(oldMask)
  }
})

it.each<[string, (path: string) => Promise<unknown>, string]>([
  [
    'that others may write to',
    async (path) => mkdir(path).then(() => chmod(path, 0o777)),
    'others may write',
  ],
  [
    'that is a link',
    async (path) => mkdir(`${path}-2`).then(() => symlink(`${path}-2`, path)),
    'symbolic link',
  ],
  ['that is a file', async (path) => writeFile(path, ''), 'not a directory'],
  ['that cannot be made', async (path) => writeFile(path.replace(/\/spool$/, ''), ''), 'ENOTDIR'],
])('does not use a directory %s, and says so once', async (_name, prepare, reason) => {
  const parent = join(await temporaryFolder(), 'parent')
  if (reason !== 'ENOTDIR') await mkdir(parent)
  await prepare(join(parent, 'spool'))
  const { spool, warnings, clock } = await givenSpool(1, join(parent, 'spool'))

  expect(await spool.write(recordAged(0, { runId: 'run-1' }))).toBe(false)
  expect(spool.writeSync(recordAged(0, { runId: 'run-1' }))).toBe(false)
  expect(await spool.claim(DESTINATION)).toEqual([])
  await clock.advance(60_000)
  expect(await spool.write(recordAged(0, { runId: 'run-1' }))).toBe(false)

  expect(spool.stats().unusable).toContain(reason)
  expect(warnings).toEqual([expect.stringContaining(reason)])
})

it.each<[string, (path: string, whole: string) => Promise<unknown>]>([
  ['cut off', (path, whole) => writeFile(path, whole.slice(0, -20))],
  ['changed', (path, whole) => writeFile(path, whole.replace('fail', 'fall'))],
  ['empty', (path) => writeFile(path, '')],
  ['full of zeros', (path) => writeFile(path, Buffer.alloc(500))],
  ['one gigabyte long', (path) => writeFile(path, '').then(() => truncate(path, 2 ** 30))],
  ['no JSON', (path) => writeFile(path, '<html></html>')],
  ['of another version', (path) => writeFile(path, frame({ version: 2 }) ?? '')],
  [
    'a link, even to a good one',
    (path, whole) => writeFile(`${path}.good`, whole).then(() => symlink(`${path}.good`, path)),
  ],
  ['a directory', (path) => mkdir(path)],
])('puts a file aside that is %s, and delivers the others', async (_name, make) => {
  const { spool, directory } = await givenSpool()
  const bad = recordAged(2_000, { runId: 'bad' })
  await make(fileOf(directory, bad, 'bad'), frame(bad) ?? '')
  await spool.write(recordAged(1_000, { runId: 'good' }))

  const claimed = await spool.claim(DESTINATION)

  expect(claimed.map(({ record }) => record.runId)).toEqual(['good'])
  expect(spool.stats().unreadable).toBe(1)
  expect(await readdir(join(directory, 'bad'))).toEqual([expect.stringContaining('.bad.')])
})

it.each<[string, Partial<Record<keyof SpoolRecord, unknown>>]>([
  ['sends the key to another host', { origin: 'https://evil.example.test' }],
  ['leaves the path of the API', { monitorId: '../../admin' }],
  ['speaks of another monitor', { monitorId: 'other' }],
  ['brings a header along', { runId: 'x\r\nX-Evil: 1' }],
  ['is a start', { kind: 'start' }],
])('refuses a record with a good checksum that %s', async (_name, change) => {
  const { spool, directory } = await givenSpool()
  const record = recordAged(0, { runId: 'run-1' })
  await writeFile(fileOf(directory, record, 'hostile'), frame({ ...record, ...change }) ?? '')

  expect(await spool.claim(DESTINATION)).toEqual([])
  expect(spool.stats().unreadable).toBe(1)
})

it('keeps no more than 20 files that it could not read', async () => {
  const { spool, directory } = await givenSpool()
  for (let index = 0; index < 25; index++) {
    await writeFile(fileOf(directory, recordAged(index, { runId: 'bad' }), `bad-${index}`), 'bad')
  }

  await spool.claim(DESTINATION)

  expect(spool.stats().unreadable).toBe(25)
  expect(await readdir(join(directory, 'bad'))).toHaveLength(20)
})

it('tells nothing that is too old, and dates nothing in the future', async () => {
  const { spool, directory, clock } = await givenSpool()
  const day = 24 * 60 * 60_000
  await spool.write(recordAged(day + 60_000, { runId: 'old' }))
  await spool.write(recordAged(16 * 60_000, { runId: 'old-success', kind: 'success' }))
  await spool.write(recordAged(day - 60_000, { runId: 'recent' }))
  await spool.write(recordAged(-30 * day, { runId: 'future' }))

  const claimed = await spool.claim(DESTINATION)

  expect(claimed.map(({ record }) => record.runId)).toEqual(['recent', 'future'])
  expect(claimed[1]?.record.occurredAt).toBe(new Date(clock.now()).toISOString())
  expect(spool.stats().expired).toBe(2)
  expect(await readdir(directory)).toHaveLength(2)
})

it('removes what a dead writer left half-way, after ten minutes', async () => {
  const { spool, directory } = await givenSpool()
  const [fresh, orphan] = [join(directory, '7-0-1-a.unfinished'), join(directory, '7-0-2-b.unfinished')]
  await writeFile(fresh, 'half')
  await writeFile(orphan, 'half')
  const seconds = Date.now() / 1_000
  await utimes(fresh, seconds, seconds - 590)
  await utimes(orphan, seconds, seconds - 610)

  await spool.claim(DESTINATION)

  expect(await readdir(directory)).toEqual(['7-0-1-a.unfinished'])
})

it('makes room by dropping the oldest, and does not write what would have to go at once', async () => {
  const world = spoolWorld()
  const directory = join(await temporaryFolder(), 'spool')
  const spool = openSpool({ directory, maxFiles: 2 }, world.surroundings)
  await spool.write(recordAged(3_000, { runId: 'oldest' }))
  await spool.write(recordAged(2_000, { runId: 'success', kind: 'success' }))

  expect(await spool.write(recordAged(1_000, { runId: 'second' }))).toBe(true)
  expect(spool.writeSync(recordAged(0, { runId: 'third' }))).toBe(true)
  expect(await spool.write(recordAged(0, { runId: 'late-success', kind: 'success' }))).toBe(false)

  const claimed = await spool.claim(DESTINATION)
  expect(claimed.map(({ record }) => record.runId)).toEqual(['second', 'third'])
  expect(spool.stats()).toMatchObject({ written: 4, notWritten: 1, droppedForSpace: 2 })
})

it('looks at a thousand files at most, however many there are', async () => {
  const { surroundings } = spoolWorld()
  const directory = join(await temporaryFolder(), 'spool')
  const looks: number[] = []
  const list = async (path: string, atMost: number) => {
    const names = await surroundings.files.list(path, atMost)
    looks.push(names.length)
    return names
  }
  const spool = openSpool({ directory }, { ...surroundings, files: { ...surroundings.files, list } })
  for (let index = 0; index < 2_500; index++) closeSync(openSync(join(directory, `${index}`), 'w'))

  await spool.claim(DESTINATION)
  await spool.write(recordAged(0, { runId: 'run-1' }))

  expect(looks).toEqual([1_000, 2_000])
})

it('writes a failure without its log if both are too long for a file', async () => {
  const { spool } = await givenSpool()
  // Each of these takes six bytes in JSON, and the message leaves no room for them.
  const logOutput = '\u0001'.repeat(10_000)
  const meta = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`records_processed_${index}`, index]),
  )

  expect(
    await spool.write(recordAged(0, { runId: 'run-1', body: { errorMessage: 'x', meta, logOutput } })),
  ).toBe(true)

  const [claimed] = await spool.claim(DESTINATION)
  expect(claimed?.record.body).toEqual({ errorMessage: 'x', meta })
})

it('refuses to write what it would not read', async () => {
  const { spool, directory, warnings } = await givenSpool()

  expect(await spool.write(recordAged(0, { runId: 'run 1' }))).toBe(false)
  expect(spool.writeSync(spoolRecord({ runId: 'run-1', kind: 'start' as 'fail' }))).toBe(false)

  expect(await readdir(directory)).toEqual([])
  expect(warnings).toEqual([])
})

it('leaves files of others where they are', async () => {
  const { spool, directory } = await givenSpool()
  await writeFile(join(directory, 'notes.txt'), 'mine')

  await spool.claim(DESTINATION)

  expect(await readFile(join(directory, 'notes.txt'), 'utf8')).toBe('mine')
})

it('makes the directory anew when it was deleted, a minute later', async () => {
  const { spool, directory, clock, warnings } = await givenSpool()
  await rm(directory, { recursive: true })

  expect(await spool.write(recordAged(0, { runId: 'run-1' }))).toBe(false)
  await clock.advance(60_000)
  expect(await spool.write(recordAged(0, { runId: 'run-2' }))).toBe(true)

  expect(warnings).toHaveLength(1)
  expect(spool.stats().unusable).toBeUndefined()
})

it('reads a file of the length allowed, and none that is longer', async () => {
  const { surroundings } = spoolWorld()
  const path = join(await temporaryFolder(), 'file')
  await writeFile(path, 'ten bytes!')

  expect(await surroundings.files.read(path, 10)).toHaveLength(10)
  expect(await surroundings.files.read(path, 9)).toBeUndefined()
})
