import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openDeliverySpool } from '../src/disk/queue/delivery-spool.ts'
import type { HeldPing } from '../src/delivery/held-ping.ts'
import { temporaryFolder } from './support/run-program.ts'
import { spoolWorld } from './support/spool-world.ts'

const TARGET = {
  origin: 'https://api.crontify.com',
  pathPrefix: '',
  apiKey: 'ck_live_SENTINEL0123456789abcdef',
}
const SELF = { host: 'here', boot: 'b', space: 's', pid: 1, startedAt: '1' }

async function givenSpool() {
  const directory = join(await temporaryFolder(), 'spool')
  const world = spoolWorld(1)
  const open = () =>
    openDeliverySpool(TARGET, directory, world.surroundings, { self: SELF, stateOf: () => 'gone' })
  return { directory, world, spool: open(), open, now: world.clock.now() }
}

function failed(runId: string, occurredAt: number, fields: Partial<HeldPing> = {}): HeldPing {
  return {
    id: `${runId}.fail`,
    monitorId: 'nightly-backup',
    runId,
    kind: 'fail',
    body: { errorMessage: 'disk is full' },
    occurredAt,
    queuedAt: 0,
    expiresAt: 0,
    notBefore: 0,
    attempts: 1,
    detail: 'full',
    timeoutMs: 3_000,
    atExit: true,
    ...fields,
  }
}

/** Waits until the date that is set in the background is there. */
async function noted(directory: string): Promise<void> {
  while (!(await readdir(directory)).some((name) => name.endsWith('.latest'))) await null
}

it('announces a failure that a later run has overtaken, instead of delivering it', async () => {
  const { directory, world, spool, open, now } = await givenSpool()
  spool.keep(failed('run-1', now - 60_000))
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 30_000 })
  await noted(directory)

  const left = await open().claim()

  expect(left).toEqual([])
  expect(world.warnings).toEqual([
    expect.stringMatching(/"nightly-backup".*a later run has ended.*disk is full/s),
  ])
  expect((await readdir(directory)).filter((name) => name.endsWith('.ping'))).toEqual([])
})

it('delivers a failure that is newer than the latest end, and those of other monitors', async () => {
  const { directory, world, spool, open, now } = await givenSpool()
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 90_000 })
  spool.keep(failed('run-1', now - 60_000))
  spool.keep(failed('run-2', now - 120_000, { monitorId: 'hourly-sync' }))
  await noted(directory)

  const left = await open().claim()

  expect(left.map(({ ping }) => ping.runId)).toEqual(['run-2', 'run-1'])
  expect(world.warnings).toEqual([])
})

it('drops a success that a later run has overtaken without a word', async () => {
  const { directory, world, spool, open, now } = await givenSpool()
  spool.keep(failed('run-1', now - 60_000, { kind: 'success', id: 'run-1.success', body: undefined }))
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 30_000 })
  await noted(directory)

  expect(await open().claim()).toEqual([])
  expect(world.warnings).toEqual([])
})

it('announces a run whose process died, if a later run of the monitor has ended since', async () => {
  const { directory, world, spool, open, now } = await givenSpool()
  spool.openRun('nightly-backup', 'run-1')
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now + 1_000 })
  await noted(directory)
  await world.clock.advance(2_000)

  expect(await open().claim()).toEqual([])
  expect(world.warnings).toEqual([expect.stringContaining('the process ended without reporting')])
})

it('gives the latest end its date before its name', async () => {
  const { directory, world, spool, now } = await givenSpool()
  world.breakFiles('rename', 'EIO')
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 90_000 })
  const unnamed = async (): Promise<string | undefined> => (await readdir(directory)).at(0)
  while ((await unnamed()) === undefined || world.warnings.length === 0) await null

  expect((await stat(join(directory, (await unnamed()) ?? ''))).mtimeMs).toBeCloseTo(now - 90_000, -1)
})

it('never moves the latest end back', async () => {
  const { directory, spool, open, now } = await givenSpool()
  spool.keep(failed('run-1', now - 60_000))
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 30_000 })
  spool.delivered({ monitorId: 'nightly-backup', occurredAt: now - 90_000 })
  await noted(directory)

  expect(await open().claim()).toEqual([])
})

it('takes what one monitor left and leaves the rest alone', async () => {
  const { spool, open, now } = await givenSpool()
  spool.keep(failed('run-1', now - 60_000))
  spool.keep(failed('run-2', now - 60_000, { monitorId: 'hourly-sync' }))
  spool.openRun('hourly-sync', 'run-3')

  const left = await open().claim('nightly-backup')

  expect(left.map(({ ping }) => ping.runId)).toEqual(['run-1'])
})

it('hides what it holds from other processes, until it leaves it to them', async () => {
  const { directory, spool, open, now } = await givenSpool()

  const held = await spool.hold(failed('run-1', now))
  expect(await open().claim()).toEqual([])
  expect(held?.leaveSync()).toBe(true)

  expect((await open().claim()).map(({ ping }) => ping.runId)).toEqual(['run-1'])
  const gone = await spool.hold(failed('run-2', now))
  await gone?.done()
  expect((await readdir(directory)).filter((name) => name.includes('.ping'))).toHaveLength(1)
})
