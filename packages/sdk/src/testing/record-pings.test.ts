import { expect, it } from 'vitest'
import { CrontifyMonitor } from '../client/crontify-monitor.ts'
import { recordPings } from './record-pings.ts'

function given(options: Parameters<typeof recordPings>[0] = {}) {
  const pings = recordPings(options)
  const monitor = new CrontifyMonitor({ ...pings.options, monitorId: 'user-sync', logger: false })
  return { pings, monitor }
}

it('records what a wrapped job pings, and answers as the service does', async () => {
  const { pings, monitor } = given()

  await monitor.wrap((run) => run.meta({ records_processed: 3 }))

  expect(pings.all().map(({ monitorId, kind }) => [monitorId, kind])).toEqual([
    ['user-sync', 'start'],
    ['user-sync', 'success'],
  ])
  expect(new Set(pings.all().map(({ runId }) => runId)).size).toBe(1)
  expect(monitor.stats()).toMatchObject({ created: 2, delivered: 2 })
  expect(await monitor.start()).toMatchObject({ received: true, status: 'running', monitorId: 'user-sync' })
})

it('keeps recorders apart, and forgets when it is told to', async () => {
  const one = given()
  const other = given()

  await one.monitor.success()

  expect(other.pings.all()).toEqual([])
  other.pings.assertNothingPinged()
  one.pings.clear()
  expect(one.pings.all()).toEqual([])
})

it('is not slowed down by the rate of the service', async () => {
  const { pings, monitor } = given()

  for (let run = 0; run < 200; run++) await monitor.wrap(() => {})

  expect(pings.all('user-sync')).toHaveLength(400)
})

it('answers with the status that is asked for', async () => {
  const { pings, monitor } = given({ status: ({ kind }) => (kind === 'start' ? 200 : 401) })

  expect(await monitor.success()).toBeNull()
  expect(monitor.stats()).toMatchObject({ dropped: 1, droppedBecause: { 'key-refused': 1 } })
  expect(pings.all()).toHaveLength(1)
})

it('returns the end of a run that ended as it should have', async () => {
  const { pings, monitor } = given()
  await monitor
    .wrap(() => {
      throw new Error('disk is full')
    })
    .catch(() => {})

  expect(pings.assertFailed('user-sync', 'disk').log).toContain('Error: disk is full')
  expect(pings.assertFailed('user-sync', /full$/).kind).toBe('fail')
  await monitor.success({ meta: { rows: 0, files: 1 } })

  expect(pings.assertSucceeded('user-sync', { rows: 0 }).meta).toEqual({ rows: 0, files: 1 })
})

it.each<[string, (given: ReturnType<typeof recordPings>) => unknown, RegExp]>([
  [
    'a run that did not end',
    (pings) => pings.assertSucceeded('nightly-backup'),
    /and none has ended\nThe pings were:\n {2}user-sync success/,
  ],
  [
    'other metadata',
    (pings) => pings.assertSucceeded('user-sync', { rows: 1 }),
    /should have succeeded with {"rows":1} \(rows\)\nThe pings were:\n {2}user-sync success {"rows":0}/,
  ],
  ['a run that went well', (pings) => pings.assertFailed('user-sync'), /should have failed/],
  ['any ping', (pings) => pings.assertNothingPinged(), /Nothing should have been pinged/],
])('throws an AssertionError that lists the pings, because of %s', async (_name, assert, text) => {
  const { pings, monitor } = given()
  await monitor.success({ meta: { rows: 0 } })

  expect(() => assert(pings)).toThrow(text)
  expect(() => assert(pings)).toThrow(expect.objectContaining({ name: 'AssertionError' }))
})

it('throws because a run failed that should have succeeded', async () => {
  const { pings, monitor } = given()
  await monitor.fail('disk is full')

  expect(() => pings.assertSucceeded('user-sync')).toThrow('and it failed')
  expect(() => pings.assertFailed('user-sync', 'no such user')).toThrow('user-sync fail "disk is full"')
})
