import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openSpool } from '../src/disk/spool.ts'
import { temporaryFolder } from './support/run-program.ts'
import { DESTINATION, spoolRecord } from './support/spool-records.ts'
import { spoolWorld } from './support/spool-world.ts'

/** Two processes on one directory with one record in it, and a clock each. */
async function givenTwo() {
  const directory = join(await temporaryFolder(), 'spool')
  const [world, otherWorld] = [spoolWorld(1), spoolWorld(2)]
  const spool = openSpool({ directory }, world.surroundings)
  const other = openSpool({ directory }, otherWorld.surroundings)
  await spool.write(spoolRecord({ runId: 'run-1', occurredAt: new Date().toISOString() }))
  return { directory, spool, other, clock: world.clock, otherClock: otherWorld.clock }
}

it('lets another process take over a minute after the last sign of life', async () => {
  const { spool, other, otherClock } = await givenTwo()
  const [claimed] = await spool.claim(DESTINATION)

  await otherClock.advance(59_000)
  expect(await other.claim(DESTINATION)).toEqual([])
  await otherClock.advance(2_000)

  const [taken] = await other.claim(DESTINATION)
  expect(taken?.record.runId).toBe('run-1')
  expect(await claimed?.isStillOurs()).toBe(false)
  expect(await taken?.isStillOurs()).toBe(true)
})

it('leaves a claim alone whose owner shows signs of life', async () => {
  const { spool, other, clock, otherClock } = await givenTwo()
  const [claimed] = await spool.claim(DESTINATION)

  for (let tens = 0; tens < 12; tens++) {
    await clock.advance(10_000)
    await otherClock.advance(10_000)
    // The sign of life goes to the real file system, which answers in its own time.
    expect(await claimed?.isStillOurs()).toBe(true)
  }

  expect(await other.claim(DESTINATION)).toEqual([])
})

it('gives signs of life by itself every ten seconds, while there is something to do', async () => {
  const { directory } = await givenTwo()
  const world = spoolWorld(3)
  const touches: number[] = []
  const touch = (path: string, at: number): Promise<void> => {
    touches.push(at)
    return world.surroundings.files.touch(path, at)
  }
  const spool = openSpool(
    { directory },
    { ...world.surroundings, files: { ...world.surroundings.files, touch } },
  )
  const [claimed] = await spool.claim(DESTINATION)
  const startedAt = world.clock.now()

  await world.clock.advance(25_000)
  await claimed?.release()
  await world.clock.advance(60_000)

  expect(touches).toEqual([startedAt, startedAt + 10_000, startedAt + 20_000])
  await spool.claim(DESTINATION)
  await world.clock.advance(10_000)
  expect(touches.slice(3)).toEqual([startedAt + 85_000, startedAt + 95_000])
})

it('does not disturb the new owner by what the old one does', async () => {
  const { directory, spool, other, otherClock } = await givenTwo()
  const [claimed] = await spool.claim(DESTINATION)
  await otherClock.advance(61_000)
  const [taken] = await other.claim(DESTINATION)

  await claimed?.release()
  await claimed?.done()

  expect(await taken?.isStillOurs()).toBe(true)
  expect(await readdir(directory)).toHaveLength(1)
})

it('takes over a claim from a clock that was far ahead', async () => {
  const { spool, other, clock } = await givenTwo()
  await clock.advance(14 * 60_000)
  await spool.claim(DESTINATION)

  expect(await other.claim(DESTINATION)).toHaveLength(1)
})
