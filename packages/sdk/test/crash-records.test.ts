import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openCrashRecords } from '../src/disk/journal/crash-records.ts'
import { processState, type ProcessIdentity, type ProcessTable } from '../src/disk/journal/process-table.ts'
import { openSpool } from '../src/disk/spool.ts'
import { systemProcessTable } from '../src/disk/journal/system-process-table.ts'
import { bundleProgram, runProgram, startProgram, temporaryFolder } from './support/run-program.ts'
import { DESTINATION } from './support/spool-records.ts'
import { spoolWorld } from './support/spool-world.ts'

const run = {
  ...DESTINATION,
  monitorId: 'nightly-backup',
  runId: 'run-1',
  startedAt: new Date().toISOString(),
}

const self: ProcessIdentity = { host: 'web-1', boot: 'b1', space: 'pid:[1]', pid: 100, startedAt: '500' }

/** A machine with these processes on it, seen by one of them. */
function tableOf(seenBy: ProcessIdentity, others: Readonly<Record<number, string>> = {}): ProcessTable {
  const starts: Readonly<Record<number, string>> = { [seenBy.pid]: seenBy.startedAt, ...others }
  return { self: seenBy, stateOf: (other) => processState(other, seenBy, { startOf: (pid) => starts[pid] }) }
}

async function givenRecords(processes: ProcessTable, directory?: string) {
  const path = directory ?? join(await temporaryFolder(), 'spool')
  const world = spoolWorld(processes.self.pid)
  const { folder } = openSpool({ directory: path }, world.surroundings)
  return { ...world, directory: path, records: openCrashRecords(folder, processes) }
}

it('finds the run of a process that is gone, with the last lines of its log', async () => {
  const { records, directory, clock } = await givenRecords(tableOf(self))
  const open = records.open(run)
  open?.refresh(() => 'first line\n')
  open?.refresh(() => 'first line\nlast line\n')
  await clock.advance(1_000)
  const next = await givenRecords(tableOf({ ...self, pid: 200, startedAt: '900' }), directory)

  const dead = await next.records.claimDeadRuns(DESTINATION)

  expect(dead.map(({ record }) => record)).toMatchObject([
    { runId: 'run-1', monitorId: 'nightly-backup', startedAt: run.startedAt, log: 'first line\nlast line\n' },
  ])
  await dead[0]?.done()
  expect(await readdir(directory)).toEqual([])
})

it('writes the log once a second at most', async () => {
  const { records, directory, clock } = await givenRecords(tableOf(self))
  const open = records.open(run)
  const log = async (): Promise<unknown> => {
    const [name = ''] = await readdir(directory)
    const [json = ''] = (await readFile(join(directory, name), 'utf8')).split('\n')
    return (JSON.parse(json) as { log: unknown }).log
  }

  open?.refresh(() => 'a')
  expect(await log()).toBe('')
  await clock.advance(999)
  open?.refresh(() => 'ab')
  expect(await log()).toBe('')
  await clock.advance(1)
  expect(await log()).toBe('ab')
  open?.refresh(() => 'abc')
  await clock.advance(999)
  expect(await log()).toBe('ab')
  await clock.advance(1)
  expect(await log()).toBe('abc')
})

it('leaves nothing of a run that ended, also when a line was still to be written', async () => {
  const { records, directory, clock } = await givenRecords(tableOf(self))
  const open = records.open(run)
  open?.refresh(() => 'line')

  open?.remove()
  open?.refresh(() => 'late line')
  await clock.advance(5_000)

  expect(await readdir(directory)).toEqual([])
})

it('takes a later process with the same number for another one', async () => {
  const { records, directory } = await givenRecords(tableOf(self))
  records.open(run)
  const reused = tableOf({ ...self, pid: 200, startedAt: '900' }, { 100: '777' })
  const next = await givenRecords(reused, directory)

  expect(await next.records.claimDeadRuns(DESTINATION)).toHaveLength(1)
})

it.each<[string, Partial<ProcessIdentity>, Readonly<Record<number, string>>]>([
  ['a process that lives', {}, { 100: '500' }],
  ['a process whose start is not known', {}, { 100: '' }],
  ['a process of another machine', { host: 'web-2' }, {}],
  ['a process of another container', { space: 'pid:[2]' }, {}],
])('never touches the run of %s', async (_name, difference, others) => {
  const { records, directory } = await givenRecords(tableOf({ ...self, ...difference }))
  records.open(run)
  const before = await readdir(directory)
  const next = await givenRecords(tableOf({ ...self, pid: 200, startedAt: '900' }, others), directory)

  expect(await next.records.claimDeadRuns(DESTINATION)).toEqual([])
  expect(await readdir(directory)).toEqual(before)
})

it('takes everything for dead that ran before the machine started anew', async () => {
  const { records, directory } = await givenRecords(tableOf({ ...self, boot: 'b0' }))
  records.open(run)
  const next = await givenRecords(tableOf({ ...self, pid: 200, startedAt: '900' }, { 100: '500' }), directory)

  expect(await next.records.claimDeadRuns(DESTINATION)).toHaveLength(1)
})

it('does not find the runs of another key', async () => {
  const { records, directory } = await givenRecords(tableOf(self))
  records.open(run)
  const next = await givenRecords(tableOf({ ...self, pid: 200 }), directory)

  expect(await next.records.claimDeadRuns({ ...DESTINATION, keyFingerprint: 'ffffffff' })).toEqual([])
})

it('hands a dead run out again after it was released, and forgets one after a week', async () => {
  const { records, directory } = await givenRecords(tableOf(self))
  records.open(run)
  const next = await givenRecords(tableOf({ ...self, pid: 200 }), directory)
  const [dead] = await next.records.claimDeadRuns(DESTINATION)
  await dead?.release()

  const again = await next.records.claimDeadRuns(DESTINATION)
  expect(again).toHaveLength(1)
  await again[0]?.release()
  await next.clock.advance(8 * 24 * 60 * 60_000)

  expect(await next.records.claimDeadRuns(DESTINATION)).toEqual([])
  expect(await readdir(directory)).toEqual([])
})

it('writes a hundred open runs down, and no more', async () => {
  const { records, directory } = await givenRecords(tableOf(self))
  const opened = Array.from({ length: 101 }, (_, index) => records.open({ ...run, runId: `run-${index}` }))

  expect(opened.filter((record) => record !== undefined)).toHaveLength(100)
  opened[0]?.remove()
  expect(records.open(run)).toBeDefined()
  expect(await readdir(directory)).toHaveLength(100)
})

it('puts a record aside that cannot be read', async () => {
  const { records, directory } = await givenRecords(tableOf(self))
  records.open(run)
  const [name = ''] = await readdir(directory)
  await writeFile(join(directory, name), 'half')
  const next = await givenRecords(tableOf({ ...self, pid: 200 }), directory)

  expect(await next.records.claimDeadRuns(DESTINATION)).toEqual([])
  expect(await readdir(directory)).toEqual(['bad'])
})

it('lets a run begin and end all the same where the disk is full', async () => {
  const { records, warnings, breakFiles } = await givenRecords(tableOf(self))
  breakFiles('writeNewSync', 'ENOSPC')

  expect(records.open(run)).toBeUndefined()
  expect(await records.claimDeadRuns(DESTINATION)).toEqual([])
  expect(warnings).toHaveLength(1)
})

it('knows this very process, and that it lives', () => {
  const { self: me, stateOf } = systemProcessTable()

  expect(me.pid).toBe(process.pid)
  expect(stateOf(me)).toBe('alive')
})

it.runIf(process.platform === 'linux')('tells processes apart by when they began', async () => {
  const { stdout } = await runProgram(`
    import { systemProcessTable } from '../src/disk/journal/system-process-table.ts'
    process.stdout.write(JSON.stringify(systemProcessTable().self))
  `)
  const later = JSON.parse(stdout) as ProcessIdentity
  const { self: me, stateOf } = systemProcessTable()

  expect(Number(later.startedAt)).toBeGreaterThan(Number(me.startedAt))
  expect(stateOf(later)).toBe('gone')
  expect(stateOf({ ...later, pid: me.pid })).toBe('gone')
})

it('tells of a killed process once, to whichever process asks, and never of a living one', async () => {
  const directory = join(await temporaryFolder(), 'spool')
  const prelude = `
    import { writeSync } from 'node:fs'
    import { openSpool } from '../src/disk/spool.ts'
    import { openCrashRecords } from '../src/disk/journal/crash-records.ts'
    import { systemProcessTable } from '../src/disk/journal/system-process-table.ts'
    import { systemSpoolSurroundings } from '../src/disk/system-spool-surroundings.ts'
    import { DESTINATION } from './support/spool-records.ts'
    const warn = (warning: string) => void writeSync(2, warning)
    const { folder } = openSpool({ directory: process.env['SPOOL'] ?? '' }, systemSpoolSurroundings(warn))
    const records = openCrashRecords(folder, systemProcessTable())
  `
  const job = await bundleProgram(`${prelude}
    for (let index = 0; index < 20; index++) {
      const runId = process.env['RUN'] + '-' + index
      records.open({ ...DESTINATION, monitorId: 'nightly-backup', runId, startedAt: new Date().toISOString() })
    }
    writeSync(1, 'open')
    setInterval(() => {}, 60_000)
  `)
  const finder = await bundleProgram(`${prelude}
    const find = async () => {
      for (const { record, done } of await records.claimDeadRuns(DESTINATION)) {
        writeSync(1, record.runId + '\\n')
        await done()
      }
    }
    void find()
  `)
  const begin = async (name: string) => {
    const started = startProgram(job, { env: { SPOOL: directory, RUN: name } })
    if (started.child.stdout === null) throw new Error('The process was started without a pipe')
    await once(started.child.stdout, 'data')
    return started
  }
  const [killed] = await Promise.all([begin('killed'), begin('living')])
  killed.child.kill('SIGKILL')
  await killed.ending

  const finders = Array.from({ length: 4 }, () => startProgram(finder, { env: { SPOOL: directory } }).ending)
  const endings = await Promise.all(finders)

  const told = endings.flatMap(({ stdout }) => stdout.split('\n').filter((line) => line !== ''))
  expect(endings.map(({ stderr }) => stderr).join('')).toBe('')
  expect(told.sort()).toEqual(Array.from({ length: 20 }, (_, index) => `killed-${index}`).sort())
  expect(await readdir(directory)).toHaveLength(20)
})
