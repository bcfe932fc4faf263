import { expect, it } from 'vitest'
import { ok, respond, scripted, TEST_KEY, type Answer } from '../../../test/support/scripted.ts'
import { CrontifyMonitor } from '../../client/crontify-monitor.ts'
import type { DeliverySpool } from '../../disk/queue/delivery-spool.ts'

/** A disk that notes what is done to it. */
function recordingSpool() {
  const noted: string[] = []
  const spool: DeliverySpool = {
    keep: ({ id }) => noted.push(`keep ${id}`) > 0,
    hold: async ({ id }) => {
      noted.push(`hold ${id}`)
      return {
        done: async () => void noted.push(`remove ${id}`),
        leaveSync: () => noted.push(`leave ${id}`) > 0,
      }
    },
    delivered: ({ monitorId }) => void noted.push(`delivered ${monitorId}`),
    openRun: () => undefined,
    claim: async (monitorId) => {
      noted.push(`look ${monitorId ?? 'everywhere'}`)
      return []
    },
  }
  return { noted, spool }
}

function given(answers: readonly Answer[]) {
  const world = scripted(answers)
  const { noted, spool } = recordingSpool()
  const monitor = new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'nightly-backup', delivery: { spoolDirectory: '/spool' } },
    { ...world.surroundings, openSpool: () => spool },
  )
  return { world, noted, monitor }
}

const away = (count: number): Answer[] => Array.from({ length: count }, () => respond(503))

it('puts an end on the disk that is not delivered after 5 s, and removes it once it is', async () => {
  const { world, noted, monitor } = given([...away(5), ok('failed')])

  void monitor.fail('disk is full')
  await world.clock.advance(4_999)
  expect(noted).toEqual(['look everywhere'])
  await world.clock.advance(1)
  expect(noted).toEqual(['look everywhere', 'hold id-0.fail'])
  await world.clock.advance(120_000)

  expect(noted.slice(2)).toEqual(['remove id-0.fail', 'delivered nightly-backup'])
  expect(monitor.stats()).toMatchObject({ delivered: 1, spooled: 0 })
})

it('does not write what is delivered in time, and no start ever', async () => {
  const { world, noted, monitor } = given(['hangs unwritten', respond(503)])

  void monitor.start()
  void monitor.success()
  await world.clock.advance(120_000)

  expect(noted.filter((line) => line.startsWith('hold'))).toEqual([])
})

it('leaves to later processes what is on disk when the client is closed', async () => {
  const { world, noted, monitor } = given(away(100))

  void monitor.fail('disk is full')
  await world.clock.advance(6_000)
  void monitor.close({ withinMs: 100 })
  await world.clock.advance(1_000)

  expect(noted.slice(2)).toEqual(['leave id-0.fail'])
  expect(monitor.stats()).toMatchObject({ created: 1, spooled: 1, dropped: 0, pending: 0 })
})

it('leaves a failure on the disk that memory gives up after a quarter of an hour, and drops a success', async () => {
  const { world, noted, monitor } = given(away(1_000))

  void monitor.fail('disk is full')
  await world.clock.advance(1_000)
  void monitor.success({ meta: { rows: 1 } })
  await world.clock.advance(1_000_000)

  expect(noted.slice(1)).toEqual([
    'hold id-0.fail',
    'hold id-1.success',
    'leave id-0.fail',
    'remove id-1.success',
  ])
  expect(monitor.stats()).toMatchObject({ created: 2, spooled: 1, dropped: 1, pending: 0 })
})

it('looks for what a dead process held before a run begins, at most once a minute', async () => {
  const { world, noted, monitor } = given([])
  const run = async (): Promise<void> => {
    await monitor.start()
    await monitor.success()
  }
  const looks = (): string[] => noted.filter((line) => line.startsWith('look'))

  await run()
  await world.clock.advance(59_000)
  await run()
  expect(looks()).toEqual(['look everywhere'])
  await world.clock.advance(1_000)
  await run()
  await run()

  expect(looks()).toEqual(['look everywhere', 'look nightly-backup'])
})

it('does not look while a run of that monitor is open, whose end it would be taken for', async () => {
  const { world, noted, monitor } = given([])

  await monitor.start()
  await world.clock.advance(120_000)
  await monitor.start()

  expect(noted.filter((line) => line.startsWith('look'))).toEqual(['look everywhere'])
})
