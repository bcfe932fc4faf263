import { expect, it } from 'vitest'
import { QUEUE_LIMITS, relievePressure, type QueuedPing } from './queue-pressure.ts'

/** Small enough to be seen at a glance. */
const LIMITS = { easyPings: 3, maxPings: 5, maxBytes: 1_000 }

let queued = 0

/** A ping younger than those made before it; each of its own run and monitor, unless it is said. */
function ping(kind: QueuedPing['kind'], facts: Partial<QueuedPing> = {}): QueuedPing {
  const id = `ping-${queued++}`
  const logLength = facts.logLength ?? 0
  return {
    id,
    monitorId: id,
    runKey: id,
    kind,
    hasMeta: false,
    logLength,
    bytes: logLength,
    queuedAt: queued,
    inFlight: false,
    ...facts,
  }
}

const dropped = (queue: readonly QueuedPing[]): string[] =>
  relievePressure(queue, LIMITS).drop.map(
    ({ id, reason }) => `${queue.findIndex((one) => one.id === id)} ${reason}`,
  )

const stripped = (queue: readonly QueuedPing[]): number[] =>
  relievePressure(queue, LIMITS).stripLog.map((id) => queue.findIndex((one) => one.id === id))

/** Whether a ping is given up because the end of its run waits. */
const isCoveredByEnd = ({ id }: QueuedPing, queue: readonly QueuedPing[]): boolean =>
  relievePressure(queue, QUEUE_LIMITS).drop.some((drop) => drop.id === id && drop.reason === 'covered-by-end')

it('leaves a queue alone that is within its limits', () => {
  expect(dropped([ping('start'), ping('success'), ping('fail', { logLength: 1_000 })])).toEqual([])
  expect(stripped([ping('start'), ping('success'), ping('fail', { logLength: 1_000 })])).toEqual([])
})

it('drops a start whose run has ended, also without any pressure', () => {
  const run = { monitorId: 'nightly-backup', runKey: 'run-1' }

  expect(dropped([ping('start', run), ping('success', run)])).toEqual(['0 covered-by-end'])
  expect(dropped([ping('start', run), ping('fail', run)])).toEqual(['0 covered-by-end'])
})

it('counts a start that is covered once', () => {
  const run = { monitorId: 'nightly-backup', runKey: 'run-1' }
  const queue = [ping('start', run), ping('fail', run), ping('start'), ping('fail'), ping('fail')]

  expect(dropped(queue)).toEqual(['0 covered-by-end', '2 queue-full'])
})

it('keeps a start whose run has not ended, whatever other runs have done', () => {
  const start = ping('start', { monitorId: 'a', runKey: 1 })

  expect(isCoveredByEnd(start, [start, ping('success', { monitorId: 'a', runKey: 2 })])).toBe(false)
  expect(isCoveredByEnd(start, [start, ping('success', { monitorId: 'b', runKey: 1 })])).toBe(false)
  expect(isCoveredByEnd(start, [start, ping('start', { monitorId: 'a', runKey: 1 })])).toBe(false)
  expect(isCoveredByEnd(start, [start, ping('success', { monitorId: 'a', runKey: 1 })])).toBe(true)
})

it('keeps a start that is on its way, although its run has ended', () => {
  const run = { monitorId: 'a', runKey: 1 }
  const start = ping('start', { ...run, inFlight: true })
  const end = ping('success', run)

  expect(isCoveredByEnd(start, [start, end])).toBe(false)
  expect(dropped([start, end])).toEqual([])
})

it('does not take an end for a start that its own run covers', () => {
  const run = { monitorId: 'a', runKey: 1 }
  const end = ping('success', run)

  expect(isCoveredByEnd(end, [end, ping('fail', run)])).toBe(false)
})

it('drops the oldest starts first, and no more than needed', () => {
  const queue = [ping('start'), ping('success'), ping('start'), ping('fail'), ping('start')]

  expect(dropped(queue)).toEqual(['0 queue-full', '2 queue-full'])
})

it('goes by age, not by place in the list', () => {
  const young = ping('start', { queuedAt: 1e9 })
  const old = ping('start', { queuedAt: -1 })

  expect(dropped([young, old, ping('fail'), ping('fail')])).toEqual(['1 queue-full'])
})

it('never drops what is on its way', () => {
  const queue = [ping('start', { inFlight: true }), ping('start'), ping('fail'), ping('fail')]

  expect(dropped(queue)).toEqual(['1 queue-full'])
})

it('strips the logs of the fails that are not among the newest', () => {
  const queue = [
    ping('fail', { logLength: 10 }),
    ping('fail'),
    ping('fail', { logLength: 10 }),
    ping('fail', { logLength: 10 }),
    ping('fail', { logLength: 10 }),
  ]

  expect(stripped(queue)).toEqual([0])
  expect(dropped(queue)).toEqual([])
})

it('does not strip the log of a fail that is on its way', () => {
  const queue = [ping('fail', { logLength: 10, inFlight: true }), ping('fail'), ping('fail'), ping('fail')]

  expect(stripped(queue)).toEqual([])
})

it('drops a success without metadata that a newer one of its monitor follows', () => {
  const queue = [
    ping('success', { monitorId: 'a' }),
    ping('success', { monitorId: 'a', hasMeta: true }),
    ping('success', { monitorId: 'b' }),
    ping('success', { monitorId: 'a' }),
    ping('success', { monitorId: 'c' }),
  ]

  expect(dropped(queue)).toEqual(['0 newer-success'])
})

it('drops superseded successes only down to where it is easy again', () => {
  const queue = Array.from({ length: 5 }, () => ping('success', { monitorId: 'a' }))

  expect(dropped(queue)).toEqual(['0 newer-success', '1 newer-success'])
})

it('keeps more than is easy rather than drop what matters', () => {
  const queue = [
    ping('success'),
    ping('success', { hasMeta: true }),
    ping('fail'),
    ping('fail'),
    ping('fail'),
  ]

  expect(dropped(queue)).toEqual([])
})

it('drops successes without metadata, then with, then fails, when there are too many', () => {
  const fails = (count: number): QueuedPing[] => Array.from({ length: count }, () => ping('fail'))

  expect(dropped([...fails(4), ping('success', { hasMeta: true }), ping('success')])).toEqual([
    '5 queue-full',
  ])
  expect(dropped([...fails(5), ping('success', { hasMeta: true })])).toEqual(['5 queue-full'])
  expect(dropped(fails(6))).toEqual(['0 queue-full'])
})

it('strips logs, the oldest first, before it drops anything for its bytes', () => {
  const queue = [ping('start'), ping('fail', { logLength: 600 }), ping('fail', { logLength: 600 })]

  expect(stripped(queue)).toEqual([1])
  expect(dropped(queue)).toEqual([])
})

it('drops by bytes what no log explains: starts, successes, then the oldest fail', () => {
  const fails = [ping('fail', { bytes: 600 }), ping('fail', { bytes: 600 })]

  expect(dropped([...fails, ping('start')])).toEqual(['2 queue-full', '0 queue-full'])
  expect(dropped([...fails, ping('success', { bytes: 1 })])).toEqual(['2 queue-full', '0 queue-full'])
})

it('drops by bytes a superseded success before any other', () => {
  const queue = [
    ping('success', { monitorId: 'b', bytes: 600 }),
    ping('success', { monitorId: 'a', bytes: 300 }),
    ping('success', { monitorId: 'a', bytes: 300 }),
  ]

  expect(dropped(queue)).toEqual(['1 newer-success'])
})

it('does not ask to strip what it drops', () => {
  const queue = Array.from({ length: 6 }, () => ping('fail', { logLength: 10 }))

  expect(dropped(queue)).toEqual(['0 queue-full'])
  expect(stripped(queue)).toEqual([1, 2])
})

it('begins to give up above 100 pings, and holds at most 1,000 and 8 MiB', () => {
  const hundred = Array.from({ length: 100 }, () => ping('start'))

  expect(relievePressure(hundred, QUEUE_LIMITS).drop).toEqual([])
  expect(relievePressure([...hundred, ping('start')], QUEUE_LIMITS).drop).toHaveLength(1)
  expect(QUEUE_LIMITS).toEqual({ easyPings: 100, maxPings: 1_000, maxBytes: 8_388_608 })
})
