import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { letTimePass, respond, scripted, TEST_KEY, type Answer } from '../../test/support/scripted.ts'
import { defineMonitor } from '../definition/define-monitor.ts'
import { Crontify, type CrontifyOptions } from './crontify.ts'

function clientIn(world: ReturnType<typeof scripted>, options: CrontifyOptions = {}): Crontify {
  return new Crontify({ apiKey: TEST_KEY, ...options }, world.surroundings)
}

const userSync = defineMonitor({
  id: 'user-sync',
  maxDurationSeconds: 60,
  meta: z.object({ records_processed: z.number() }),
  rules: (meta) => [meta.records_processed.eq(0)],
})

it('gives a client for each monitor, by id or by definition', async () => {
  const world = scripted()
  const crontify = clientIn(world)

  await crontify.monitor('nightly-backup').success()
  await crontify.monitor(userSync).success({ meta: { records_processed: 3 } })

  expect(world.requests.map(({ path }) => path)).toEqual([
    '/api/v1/ping/nightly-backup/success',
    '/api/v1/ping/user-sync/success',
  ])
  expect(world.warnings).toEqual([])
})

it('gives the same object for the same monitor, so that its runs know of each other', () => {
  const crontify = clientIn(scripted())

  expect(crontify.monitor('user-sync')).toBe(crontify.monitor('user-sync'))
  expect(crontify.monitor('user-sync')).not.toBe(crontify.monitor('nightly-backup'))
})

it('takes the first definition of a monitor, and says so at another one', () => {
  const world = scripted()
  const crontify = clientIn(world)

  crontify.monitor(userSync)
  crontify.monitor(userSync)
  crontify.monitor('user-sync')
  expect(world.warnings).toEqual([])
  crontify.monitor(defineMonitor({ id: 'user-sync' }))

  expect(world.warnings).toEqual([expect.stringContaining('"user-sync" was asked for before')])
})

it('warns of metadata that do not fit the definition, and sends them as they are', async () => {
  const world = scripted()

  await clientIn(world)
    .monitor(userSync)
    .success({ meta: { records_procesed: 0 } as never })

  expect(world.sent).toEqual(['success {"meta":{"records_procesed":0}}'])
  expect(world.warnings).toEqual([
    expect.stringMatching(
      /"user-sync" do not fit its definition: records_processed: .*\(is it sent as "records_procesed"\?\)/,
    ),
  ])
})

it('warns of a rule in vain where there is no schema', async () => {
  const world = scripted()
  const rules = [{ field: 'rows', operator: 'eq', threshold: 0 }] as const

  await clientIn(world)
    .monitor(defineMonitor({ id: 'user-sync', rules }))
    .success({ meta: { row: 0 } })

  expect(world.warnings).toEqual([expect.stringContaining('"rows" is not in the metadata')])
})

it('takes the longest duration of the definition for wrap', async () => {
  const world = scripted()
  const wrapped = clientIn(world)
    .monitor(userSync)
    .wrap(
      async () => {
        await new Promise((resolve) => world.clock.schedule(() => resolve(undefined), 61_000))
        return 1
      },
      { meta: (count) => ({ records_processed: count }) },
    )

  await letTimePass(world, wrapped)

  expect(world.warnings).toEqual([expect.stringContaining('still running after 60000 ms')])
})

it('says once what is wrong with its options, whatever number of monitors it has', async () => {
  const world = scripted()
  const crontify = new Crontify({ apiKey: '' }, world.surroundings)

  await crontify.monitor('a').success()
  await crontify.monitor('b').success()

  expect(crontify.enabled).toBe(false)
  expect(crontify.monitor('a').disabledReason).toBe(crontify.disabledReason)
  expect(world.warnings).toEqual([expect.stringContaining('apiKey')])
  expect(crontify.stats()).toMatchObject({ created: 2, skipped: 2, skippedBecause: { disabled: 2 } })
})

it('makes a monitor with a wrong id inert, and no other', async () => {
  const world = scripted()
  const crontify = clientIn(world)

  const wrong = crontify.monitor('../admin')
  await wrong.success()
  await crontify.monitor('user-sync').success()

  expect(wrong.enabled).toBe(false)
  expect(wrong.disabledReason).toContain('monitorId "../admin"')
  expect(world.requests).toHaveLength(1)
  expect(() => clientIn(world, { silent: false }).monitor('../admin')).toThrow('monitorId')
})

it.each([undefined, null, 7, {}, []])('survives %j in the place of a monitor', async (given) => {
  const monitor = clientIn(scripted()).monitor(given as never)

  expect(monitor.enabled).toBe(false)
  expect(await monitor.wrap(() => 'done')).toBe('done')
})

it('does not know an option of one monitor', () => {
  const world = scripted()

  clientIn(world, { monitorId: 'user-sync' } as never)

  expect(world.warnings).toEqual([expect.stringContaining('"monitorId" is not known')])
})

it('reads the key from the environment where no options are given', () => {
  expect(new Crontify(undefined, scripted([], { CRONTIFY_API_KEY: TEST_KEY }).surroundings).enabled).toBe(
    true,
  )
})

it('flushes and closes all of its monitors, also those that come later', async () => {
  const world = scripted()
  const crontify = clientIn(world)
  void crontify.monitor('a').success()
  void crontify.monitor('b').fail('x')

  expect(await crontify.flush()).toMatchObject({ created: 2, delivered: 2, pending: 0 })
  await crontify.close()
  await crontify.monitor('a').success()
  await crontify.monitor('c').success()

  expect(crontify.stats()).toMatchObject({
    created: 4,
    delivered: 2,
    dropped: 2,
    droppedBecause: { closed: 2 },
  })
  expect(world.requests).toHaveLength(2)
})

it('has counts that add up, whatever becomes of the pings', async () => {
  const answers = fc.array(
    fc.constantFrom<Answer>(
      respond(200, '{"success":true}'),
      respond(401),
      respond(404),
      respond(503),
      'hangs',
    ),
    { size: 'max', maxLength: 30 },
  )
  const calls = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('start', 'success', 'fail')),
    {
      size: 'max',
      maxLength: 30,
    },
  )
  await fc.assert(
    fc.asyncProperty(answers, calls, async (script, list) => {
      const world = scripted(script)
      const crontify = clientIn(world, { logger: false })
      const adds = (): void => {
        const { created, delivered, skipped, dropped, spooled, pending } = crontify.stats()
        expect(created).toBe(delivered + skipped + dropped + spooled + pending)
      }
      for (const [id, kind] of list) {
        void crontify.monitor(id)[kind as 'start']()
        adds()
        await world.clock.advance(700)
        adds()
      }
      const closed = await letTimePass(world, crontify.close())
      expect(closed).toMatchObject({ created: list.length, pending: 0 })
      adds()
    }),
    { numRuns: 30 },
  )
})
