import { expect, it } from 'vitest'
import { letTimePass, ok, respond, scripted, TEST_KEY, type Answer } from '../../test/support/scripted.ts'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'
import type { DeliveryEvent } from '../run/delivery-event.ts'
import type { MonitorOptions } from '../options/options.ts'

type World = ReturnType<typeof scripted>

function monitorIn(world: World, options: Partial<MonitorOptions> = {}): CrontifyMonitor {
  return new CrontifyMonitor(
    { apiKey: TEST_KEY, monitorId: 'nightly-backup', ...options },
    world.surroundings,
  )
}

const times = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer)
const kinds = (world: World): string[] => world.sent.map((sent) => sent.split(' ')[0] ?? '')
const UNSENT: Answer = { type: 'failure', written: false, aborted: false, error: { code: 'ECONNREFUSED' } }
const RESET: Answer = { type: 'failure', written: true, aborted: false, error: { code: 'ECONNRESET' } }

it('delivers an end that met three 503s, with four requests of one idempotency key', async () => {
  const world = scripted([...times(3, respond(503)), ok('failed')])

  const receipt = await letTimePass(world, monitorIn(world).fail('disk is full'))

  expect(receipt).toMatchObject({ status: 'failed' })
  expect(world.requests.map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2', '3', '4'])
  expect(new Set(world.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
})

it.each<[string, Answer]>([
  ['a reset', RESET],
  ['silence', 'hangs'],
  ['500', respond(500)],
  ['429', respond(429)],
  ['a redirect', respond(307, '', { location: 'https://evil.example' })],
])('never sends a start again that met %s', async (_name, answer) => {
  const world = scripted([answer])
  const monitor = monitorIn(world)

  void monitor.start()
  await world.clock.advance(120_000)

  expect(kinds(world)).toEqual(['start'])
  expect(monitor.stats()).toMatchObject({ created: 1, dropped: 1 })
})

it('sends a start a second time that certainly did not arrive, but not a third time', async () => {
  const world = scripted(times(5, UNSENT))

  void monitorIn(world).start()
  await world.clock.advance(120_000)

  expect(kinds(world)).toEqual(['start', 'start'])
})

it('does not send a start whose run has ended before it could be sent', async () => {
  const world = scripted(['hangs unwritten', UNSENT])
  const monitor = monitorIn(world)

  const wrapped = monitor.wrap(() => 'done')

  expect(await letTimePass(world, wrapped)).toBe('done')
  await letTimePass(world, monitor.flush())
  expect(kinds(world)).toEqual(['start', 'success', 'success'])
  expect(monitor.stats()).toMatchObject({ created: 2, delivered: 1, skippedBecause: { 'covered-by-end': 1 } })
})

it('lets its own start go that has not been answered 2 s after the job ended', async () => {
  const world = scripted(['hangs'])
  const monitor = monitorIn(world, { delivery: { attemptTimeoutMs: 10_000 } })

  void monitor.wrap(() => 'done')
  await world.clock.advance(1_999)
  expect(kinds(world)).toEqual(['start'])
  await world.clock.advance(1)

  expect(kinds(world)).toEqual(['start', 'success'])
})

it('never lets the start of the next run overtake the end of the last one', async () => {
  const world = scripted([ok('running'), RESET, RESET])
  const monitor = monitorIn(world, { delivery: { endWaitMs: 0 } })

  await monitor.wrap(() => 'first')
  const second = monitor.wrap(() => 'second')
  await letTimePass(world, second)
  await letTimePass(world, monitor.flush())

  const order = kinds(world).filter((kind, index, all) => kind !== all[index - 1])
  expect(order[0]).toBe('start')
  expect(order.indexOf('success')).toBe(1)
})

it('sends the pings of different monitors at the same time, but at most four', async () => {
  const world = scripted(times(9, 'hangs'))

  for (let index = 0; index < 6; index++) void monitorIn(world, { monitorId: `job-${index}` }).fail('x')
  await world.clock.advance(0)

  expect(world.sent).toHaveLength(4)
})

it('shares what it knows of the service between monitors that were built one by one', async () => {
  const world = scripted(times(5, UNSENT))
  for (let index = 0; index < 5; index++) void monitorIn(world, { monitorId: `job-${index}` }).fail('x')
  await world.clock.advance(0)
  await world.clock.advance(300)

  const before = world.sent.length
  let began = false
  void monitorIn(world, { monitorId: 'another' }).wrap(() => {
    began = true
  })
  await Promise.resolve()
  await world.clock.advance(0)

  expect(began).toBe(true)
  expect(world.sent).toHaveLength(before)
})

it('waits for nothing while the service is known to be down', async () => {
  const world = scripted(times(50, UNSENT))
  const monitor = monitorIn(world)
  void monitor.fail('x')
  await world.clock.advance(5_000)

  const before = world.clock.now()
  expect(await monitor.wrap(() => 'done')).toBe('done')

  expect(world.clock.now()).toBe(before)
})

it('pauses the whole key for as long as the service asks', async () => {
  const world = scripted([respond(429, '', { 'retry-after': '2' })])
  void monitorIn(world, { monitorId: 'a' }).fail('x')
  await world.clock.advance(0)

  void monitorIn(world, { monitorId: 'b' }).fail('y')
  await world.clock.advance(1_999)
  expect(world.sent).toHaveLength(1)
  await world.clock.advance(1_501)

  expect(world.sent).toHaveLength(3)
})

it('is not thrown into a loop by an absurd Retry-After', async () => {
  const world = scripted(times(9, respond(429, '', { 'retry-after': '99999999' })))

  void monitorIn(world).fail('x')
  await world.clock.advance(60_000)

  expect(world.sent).toHaveLength(1)
})

it('asks a minute later again when the key was refused, and keeps the ends till then', async () => {
  const world = scripted([respond(401)])
  const monitor = monitorIn(world)
  void monitor.fail('first')
  await world.clock.advance(0)

  void monitor.fail('second')
  await world.clock.advance(59_999)
  expect(world.sent).toHaveLength(1)
  await world.clock.advance(1)

  expect(world.sent[1]).toContain('second')
  expect(monitor.stats()).toMatchObject({ delivered: 1, droppedBecause: { 'key-refused': 1 } })
})

it('leaves a monitor alone for ten minutes that the service does not know, and only that one', async () => {
  const world = scripted([respond(404)])
  const unknown = monitorIn(world, { monitorId: 'unknown' })
  await letTimePass(world, unknown.success())

  await letTimePass(world, unknown.success())
  expect(await letTimePass(world, monitorIn(world).success())).not.toBeNull()
  expect(world.sent).toHaveLength(2)
  await world.clock.advance(600_000)
  await letTimePass(world, unknown.success())

  expect(world.sent).toHaveLength(3)
  expect(world.warnings).toEqual([expect.stringContaining('is there a monitor "unknown"')])
})

it('gives an end up after a quarter of an hour, and says so', async () => {
  const world = scripted(times(500, UNSENT))
  const monitor = monitorIn(world)
  void monitor.fail('x')

  await world.clock.advance(899_999)
  expect(monitor.stats()).toMatchObject({ pending: 1, dropped: 0 })
  await world.clock.advance(1)

  expect(monitor.stats()).toMatchObject({ pending: 0, droppedBecause: { 'too-old': 1 } })
  expect(world.warnings).toEqual([expect.stringContaining('could not be delivered while it still mattered')])
})

it('asks a dead service seldom, and warns about it once a minute at most', async () => {
  const world = scripted(times(10_000, UNSENT))
  const monitor = monitorIn(world)
  const HOUR_S = 3_600

  for (let second = 0; second < HOUR_S; second += 10) {
    void monitor.wrap(() => 'done')
    await world.clock.advance(10_000)
  }

  expect(world.sent.length).toBeLessThan(HOUR_S / 40)
  expect(world.warnings.length).toBeLessThanOrEqual(HOUR_S / 60 + 1)
  const { created, delivered, skipped, dropped, spooled, pending } = monitor.stats()
  expect(created).toBe(720)
  expect(delivered + skipped + dropped + spooled + pending).toBe(created)
})

it('tells of every ping what became of it', async () => {
  const world = scripted([ok('running'), RESET, ok('success'), respond(401)])
  const events: DeliveryEvent[] = []
  const onEvent = (event: DeliveryEvent): void => {
    if ('kind' in event) events.push(event)
  }
  const monitor = monitorIn(world, { onEvent })

  await letTimePass(
    world,
    monitor.wrap(() => 'done'),
  )
  await letTimePass(world, monitor.start())

  expect(events.map(({ type }) => type)).toEqual(['delivered', 'retried', 'delivered', 'dropped'])
  expect(events[0]).toMatchObject({ monitorId: 'nightly-backup', kind: 'start', attempts: 1 })
  expect(events[3]).toMatchObject({ reason: 'key-refused', error: { statusCode: 401 } })
})

it('survives an onEvent that throws', async () => {
  const world = scripted()
  const onEvent = (): never => {
    throw new Error('broken')
  }

  expect(await monitorIn(world, { onEvent }).start()).not.toBeNull()
})

it('flushes what is pending, within its time', async () => {
  const world = scripted(['hangs'])
  const monitor = monitorIn(world, { delivery: { endWaitMs: 0 } })
  await monitor.fail('x')

  const short = monitor.flush({ withinMs: 1_000 })
  await world.clock.advance(1_000)
  expect(await short).toMatchObject({ pending: 1, delivered: 0 })
  const long = monitor.flush({ withinMs: 10_000 })
  await world.clock.advance(10_000)

  expect(await long).toMatchObject({ pending: 0, delivered: 1 })
})

it('is closed once, gives up what is pending, and takes nothing after that', async () => {
  const world = scripted(times(99, UNSENT))
  const monitor = monitorIn(world, { delivery: { endWaitMs: 0 } })
  await monitor.fail('x')

  const closed = monitor.close({ withinMs: 0 })
  expect(await closed).toMatchObject({ pending: 0, droppedBecause: { closed: 1 } })
  expect(await monitor.close()).toEqual(await closed)
  expect(await monitor.start()).toBeNull()
  expect(await monitor.success()).toBeNull()

  expect(monitor.stats()).toMatchObject({ created: 3, dropped: 3, pending: 0 })
  expect(world.warnings.filter((line) => line.includes('is closed'))).toHaveLength(1)
})

it('throws after close with silent: false', async () => {
  const world = scripted()
  const monitor = monitorIn(world, { silent: false })
  await monitor.close()

  await expect(monitor.start()).rejects.toMatchObject({ name: 'CrontifyClosedError', code: 'ERR_CLOSED' })
})

it('counts what a switched-off client does not send', async () => {
  const world = scripted()
  const monitor = monitorIn(world, { enabled: false })

  await monitor.wrap(() => 'done')

  expect(monitor.stats()).toMatchObject({ created: 2, skippedBecause: { disabled: 2 }, pending: 0 })
})

it('keeps a bounded queue of ten thousand runs that end while the service is away, failures last', async () => {
  const world = scripted(times(10, UNSENT))
  const monitor = monitorIn(world, { delivery: { startWaitMs: 0, endWaitMs: 0 } })

  for (let run = 0; run < 10_000; run++) void (run === 0 ? monitor.fail('the one') : monitor.success())
  await world.clock.advance(0)

  const { created, pending, dropped, skipped, delivered } = monitor.stats()
  expect(created).toBe(10_000)
  expect(pending).toBeLessThanOrEqual(1_000)
  expect(delivered + dropped + skipped + pending).toBe(created)
  await world.clock.advance(120_000)
  expect(world.sent.some((sent) => sent.includes('the one'))).toBe(true)
})

it('sends at most 120 pings in any minute, and all of them in the end', async () => {
  const world = scripted()
  const sentAt: number[] = []
  const onEvent = ({ type }: DeliveryEvent): void => {
    if (type === 'delivered') sentAt.push(world.clock.now())
  }
  for (let index = 0; index < 90; index++) {
    void monitorIn(world, { monitorId: `job-${index}`, onEvent }).wrap(() => 'done')
  }
  await world.clock.advance(300_000)

  const mostInAMinute = Math.max(
    ...sentAt.map((at) => sentAt.filter((other) => other >= at && other < at + 60_000).length),
  )
  expect(mostInAMinute).toBeLessThanOrEqual(120)
  expect(world.sent.filter((sent) => sent.startsWith('success'))).toHaveLength(90)
})

it('has no rate of its own towards this very machine', async () => {
  const world = scripted()
  const monitor = monitorIn(world, { baseUrl: 'http://127.0.0.1:4747' })

  for (let ping = 0; ping < 300; ping++) await monitor.success()

  expect(world.sent).toHaveLength(300)
})

it('says once that the clock of this machine is wrong, and tells instants by that of the service', async () => {
  const slow = respond(200, '{"success":true,"data":{}}', { date: 'Mon, 05 Jan 2026 02:10:00 GMT' })
  const world = scripted(times(3, slow))
  const monitor = monitorIn(world)

  await monitor.start()
  await monitor.success()

  expect(world.warnings).toEqual([expect.stringContaining('is 600 s behind that of Crontify')])
  expect(world.requests[1]?.headers['x-sent-at']).toBe('2026-01-05T02:10:00.000Z')
})

it('warns once for all monitors that the service is away', async () => {
  const world = scripted(times(200, respond(500)))

  for (let index = 0; index < 30; index++) void monitorIn(world, { monitorId: `job-${index}` }).start()
  await world.clock.advance(30_000)

  expect(world.warnings.length).toBeLessThanOrEqual(3)
})

it('waits before the next ping when an answer says that the key has none left', async () => {
  const none = { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }
  const accepted = ok('running') as Extract<Answer, { type: 'response' }>
  const world = scripted([{ ...accepted, headers: { ...accepted.headers, ...none } }])
  const monitor = monitorIn(world)

  void monitor.start()
  await world.clock.advance(1)
  void monitor.success()
  await world.clock.advance(29_000)
  expect(kinds(world)).toEqual(['start'])
  await world.clock.advance(1_000)

  expect(kinds(world)).toEqual(['start', 'success'])
})
